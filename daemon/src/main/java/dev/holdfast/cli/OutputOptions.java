package dev.holdfast.cli;

import picocli.CommandLine.Option;

/// `-o`: how results are written.
final class OutputOptions {

    enum Format {
        text,
        json,
        markdown,
        github,
        sarif,
        junit
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "How results are written: text (the default), json or markdown.")
    private Format format = Format.text;

    /// @throws UsageException for a format that only `validate` has
    Format format() {
        if (format.ordinal() > Format.markdown.ordinal()) {
            throw new UsageException("-o " + format + " is only for validate: use text, json or markdown");
        }
        return format;
    }

    /// With the formats in which other programs read problems of files.
    Format formatOfProblems() {
        return format;
    }
}
