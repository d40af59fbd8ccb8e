package dev.holdfast.engine;

/// The engine refused a request, or answered something that it should not. The message is the engine's own.
public class EngineException extends RuntimeException {

    private final int status;

    public EngineException(int status, String message) {
        super(message);
        this.status = status;
    }

    EngineException(int status, String message, Throwable cause) {
        super(message, cause);
        this.status = status;
    }

    /// The HTTP status; 0 where there was no answer.
    public int status() {
        return status;
    }

    /// A stale writer: somebody updated the object since it was read. Read again and decide again.
    public boolean isOutOfSequence() {
        return status == 500 && String.valueOf(getMessage()).contains("update out of sequence");
    }

    public boolean isNotFound() {
        return status == 404;
    }

    /// An object of this name is there already.
    public boolean isConflict() {
        return status == 409;
    }
}
