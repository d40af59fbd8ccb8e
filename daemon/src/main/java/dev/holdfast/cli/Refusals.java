package dev.holdfast.cli;

import dev.holdfast.report.HarmlessText;
import dev.holdfast.report.Json;
import dev.holdfast.run.RunRefused;

/// Where nothing can be planned because of what the files say, that is the result: a pipeline that posts it must not be
/// left with the page of the last push.
final class Refusals {

    private Refusals() {}

    /// @throws RunRefused again where the files are not the reason
    static int print(RunRefused refused, OutputOptions.Format format, Terminal terminal) {
        var page = refused.page();
        if (page == null) {
            throw refused;
        }
        switch (format) {
            case json -> terminal.print(Json.print(page.json()));
            case markdown -> terminal.print(page.markdown());
            default -> terminal.print(page.text(terminal.outStyle()));
        }
        terminal.say("holdfast: " + HarmlessText.line(String.valueOf(refused.getMessage())));
        return Exit.ERROR;
    }
}
