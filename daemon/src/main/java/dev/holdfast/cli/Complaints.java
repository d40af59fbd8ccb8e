package dev.holdfast.cli;

import dev.holdfast.report.ProblemText;
import dev.holdfast.yaml.Problem;
import java.util.List;

/// Problems of files, said beside a result that is about something else.
final class Complaints {

    private Complaints() {}

    static void of(List<Problem> problems, Terminal terminal) {
        if (!problems.isEmpty()) {
            terminal.err().print(ProblemText.of(problems, terminal.errStyle()));
            terminal.say("");
        }
    }
}
