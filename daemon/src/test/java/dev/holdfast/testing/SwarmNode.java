package dev.holdfast.testing;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// One node of a private Swarm. Node 1 is the manager that [PrivateSwarm#dockerHost] speaks to.
public final class SwarmNode {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int MOST_TRIES = 5;
    private static final String OUT_OF_SEQUENCE = "update out of sequence";

    private final Path script;
    private final Path folder;
    private final int number;
    private boolean running = true;
    private boolean connected = true;
    private boolean member = true;

    SwarmNode(Path script, Path folder, int number) {
        this.script = script;
        this.folder = folder;
        this.number = number;
    }

    public String hostname() {
        return "node" + number;
    }

    public String dockerHost() {
        return "unix://" + folder.resolve(number + "/docker.sock");
    }

    /// Runs a command that sees this node's files, network, processes and hostname, as root.
    ///
    /// @return what it printed, without the last line's end
    public String exec(String... command) {
        return verb("exec", command);
    }

    /// Runs the docker client against this node's own engine.
    public String docker(String... arguments) {
        return dockerAt(dockerHost(), arguments);
    }

    /// Runs the docker client against another address, a proxy's. What managers write to the same object meanwhile
    /// is no fault of a test: then it is tried again.
    String dockerAt(String dockerHost, String... arguments) {
        var command = new ArrayList<>(List.of(folder.resolve("bin/docker").toString(), "-H", dockerHost));
        command.addAll(List.of(arguments));
        for (var tries = 1; ; tries++) {
            try {
                return Command.run(LIMIT, command);
            } catch (IllegalStateException e) {
                if (tries == MOST_TRIES || !String.valueOf(e.getMessage()).contains(OUT_OF_SEQUENCE)) {
                    throw e;
                }
            }
        }
    }

    /// Stops the engine and its containers in good order, as a reboot does.
    public void stopEngine() {
        verb("stop");
        running = false;
    }

    /// Kills the engine with SIGKILL; its containers go on, until it is started again.
    public void kill() {
        verb("kill");
        running = false;
    }

    public void startEngine() {
        verb("start");
        running = true;
    }

    /// Starts the engine anew, listening on port 2376 of this node as well, with TLS (`--tlsverify`).
    ///
    /// @param keys a folder with `ca.pem`, `server-cert.pem` and `server-key.pem`
    public void serveTls(Path keys) {
        stopEngine();
        Command.run(
                LIMIT,
                List.of("cp", "-rT", keys.toString(), folder.resolve("tls").toString()));
        startEngine();
    }

    /// Takes the node off the network; its engine and containers go on.
    public void cutOff() {
        verb("cut");
        connected = false;
    }

    public void heal() {
        verb("heal");
        connected = true;
    }

    /// Takes the node out of the Swarm; its volumes and directories stay.
    public void leave() {
        verb("leave");
        member = false;
    }

    /// Joins the Swarm anew, as a worker with another ID.
    public void join() {
        verb("join");
        member = true;
    }

    /// Undoes what a test did to this node.
    void restore() {
        if (!connected) {
            heal();
        }
        if (!running) {
            startEngine();
        }
        if (!member) {
            join();
        }
    }

    private String verb(String verb, String... arguments) {
        var command =
                new ArrayList<>(List.of(script.toString(), "node", folder.toString(), Integer.toString(number), verb));
        command.addAll(List.of(arguments));
        return Command.run(LIMIT, command);
    }
}
