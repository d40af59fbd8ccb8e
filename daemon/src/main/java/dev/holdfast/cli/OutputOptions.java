package dev.holdfast.cli;

import picocli.CommandLine.Option;

/// `-o`: how results are written.
final class OutputOptions {

    enum Format {
        text,
        json,
        markdown,
        github
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "How results are written: text (the default), json or markdown.")
    private Format format = Format.text;

    /// @throws UsageException for a format that only `validate` has
    Format format() {
        if (format == Format.github) {
            throw new UsageException("-o github is only for validate: use text, json or markdown");
        }
        return format;
    }

    Format formatWithGithub() {
        return format;
    }
}
