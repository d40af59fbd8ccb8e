package dev.holdfast.engine;

/// There is no Swarm to talk to: no engine, one that does not answer, one that is locked, starting or no manager. Never
/// to be taken for an empty Swarm; trying again later is the cure.
public final class EngineUnreachable extends EngineException {

    public EngineUnreachable(int status, String message) {
        super(status, message);
    }

    EngineUnreachable(String message, Throwable cause) {
        super(0, message, cause);
    }
}
