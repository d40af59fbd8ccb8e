import com.palantir.javaformat.java.Main;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Runs palantir-java-format on all Java files of the folders given, on the JDK that compiles them (Maven's own may be
/// too
/// old to parse them). `check` names the files that are not formatted and fails; `write` formats them.
final class Format {

    private static final int LINE = 120;

    public static void main(String[] args) throws Exception {
        var check = args[0].equals("check");
        var files = new ArrayList<String>();
        for (var i = 1; i < args.length; i++) {
            files.addAll(javaFiles(Path.of(args[i])));
        }
        for (var file : files) {
            if (!check) {
                wrapDocLines(Path.of(file));
            }
        }
        var arguments = new ArrayList<String>(List.of("--palantir"));
        arguments.addAll(check ? List.of("--dry-run", "--set-exit-if-changed") : List.of("--replace"));
        arguments.addAll(files);
        var out = new PrintWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8), true);
        var err = new PrintWriter(new OutputStreamWriter(System.err, StandardCharsets.UTF_8), true);
        var result = new Main(out, err, System.in).format(arguments.toArray(String[]::new));
        out.flush();
        err.flush();
        if (check && result != 0) {
            System.err.println("The files above are not formatted. Format with: mvn -q process-sources -Pformat");
        }
        System.exit(result);
    }

    /// The formatter counts the indentation of a `///` line twice, and breaks one that is too long into code that
    /// does not
    /// compile. So what is too long for it is moved to a line of its own first.
    private static void wrapDocLines(Path file) throws IOException {
        var lines = new ArrayList<>(Files.readAllLines(file));
        for (var i = 0; i < lines.size(); i++) {
            var text = lines.get(i).strip();
            var indent = " ".repeat(lines.get(i).indexOf(text));
            var space = text.lastIndexOf(' ', LINE - 2 * indent.length());
            if (text.startsWith("/// ") && text.length() > LINE - 2 * indent.length() && space > 4) {
                lines.set(i, indent + text.substring(0, space));
                var rest = text.substring(space + 1);
                var lead = text.startsWith("/// @") || text.startsWith("///     ") ? "///     " : "/// ";
                var next = i + 1 < lines.size() ? lines.get(i + 1).strip() : "";
                if (next.matches(lead + "[^@\\s*#|-].*")) {
                    lines.set(i + 1, indent + lead + rest + " " + next.substring(lead.length()));
                } else {
                    lines.add(i + 1, indent + lead + rest);
                }
            }
        }
        var after = String.join("\n", lines) + "\n";
        if (!after.equals(Files.readString(file))) {
            Files.writeString(file, after);
        }
    }

    private static List<String> javaFiles(Path root) throws IOException {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (var files = Files.walk(root)) {
            return files.map(Path::toString)
                    .filter(name -> name.endsWith(".java"))
                    .sorted()
                    .toList();
        }
    }
}
