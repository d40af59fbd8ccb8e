package dev.holdfast.report;

/// A text that grows line by line.
final class Lines {

    private final StringBuilder text = new StringBuilder();

    Lines add(String line) {
        text.append(line.stripTrailing()).append('\n');
        return this;
    }

    /// An empty line, unless the text starts here or has one already.
    Lines gap() {
        if (!text.isEmpty() && !text.toString().endsWith("\n\n")) {
            text.append('\n');
        }
        return this;
    }

    /// The lines of somebody else's text, indented.
    Lines indented(String indent, String words) {
        HarmlessText.lines(words).forEach(line -> add(indent + line));
        return this;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
