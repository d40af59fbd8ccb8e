package dev.holdfast.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Where the program starts.
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        var environment = System.getenv();
        var out = new Output(FileDescriptor.out);
        var terminal = Terminal.of(writer(out), writer(new FileOutputStream(FileDescriptor.err)), environment);
        var debug = !environment.getOrDefault(Failures.DEBUG, "").isEmpty();
        var code = Holdfast.commandLine(new RealBackend(), terminal, debug).execute(args);
        terminal.out().flush();
        if (out.lost() != null) {
            terminal.say("holdfast: the output could not be written: " + out.lost());
            code = Exit.ERROR;
        }
        terminal.err().flush();
        System.exit(code);
    }

    /// Remembers what a [PrintWriter] keeps to itself.
    private static final class Output extends FileOutputStream {

        private @Nullable String lost;

        Output(FileDescriptor descriptor) {
            super(descriptor);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            try {
                super.write(bytes, from, length);
            } catch (IOException e) {
                lost = e.getMessage();
                throw e;
            }
        }

        /// Null also where a reader has read enough and gone away, as `head` does.
        @Nullable
        String lost() {
            return "Broken pipe".equals(lost) ? null : lost;
        }
    }

    /// Always UTF-8: the locale of a service manager or a workflow is often none at all.
    private static PrintWriter writer(FileOutputStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }
}
