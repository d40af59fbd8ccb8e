package dev.holdfast.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/// Where the program starts.
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        var environment = System.getenv();
        var terminal = Terminal.of(writer(FileDescriptor.out), writer(FileDescriptor.err), environment);
        var debug = !environment.getOrDefault(Failures.DEBUG, "").isEmpty();
        var code = Holdfast.commandLine(new RealBackend(), terminal, debug).execute(args);
        terminal.out().flush();
        terminal.err().flush();
        System.exit(code);
    }

    /// Always UTF-8: the locale of a service manager or a workflow is often none at all.
    private static PrintWriter writer(FileDescriptor descriptor) {
        return new PrintWriter(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }
}
