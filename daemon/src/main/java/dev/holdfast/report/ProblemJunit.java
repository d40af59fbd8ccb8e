package dev.holdfast.report;

import dev.holdfast.yaml.Problem;
import java.io.StringWriter;
import java.util.List;
import java.util.SortedSet;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/// What is wrong in files, as a JUnit report: each file is a test, which fails by its errors. Forges show it beside a
/// pull request.
public final class ProblemJunit {

    private ProblemJunit() {}

    /// @param files all that were read
    public static String of(SortedSet<String> files, List<Problem> problems) {
        var text = new StringWriter();
        try {
            var xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            line(xml, "");
            xml.writeStartElement("testsuite");
            xml.writeAttribute("name", "holdfast validate");
            xml.writeAttribute("tests", Integer.toString(files.size()));
            xml.writeAttribute(
                    "failures",
                    Long.toString(files.stream()
                            .filter(file -> !errors(file, problems).isEmpty())
                            .count()));
            for (var file : files) {
                test(xml, file, problems);
            }
            line(xml, "");
            xml.writeEndElement();
            line(xml, "");
            xml.writeEndDocument();
            return text.toString();
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void test(XMLStreamWriter xml, String file, List<Problem> problems) throws XMLStreamException {
        line(xml, "  ");
        xml.writeStartElement("testcase");
        xml.writeAttribute("name", HarmlessText.line(file));
        xml.writeAttribute("classname", "holdfast");
        var errors = errors(file, problems);
        if (!errors.isEmpty()) {
            line(xml, "    ");
            xml.writeStartElement("failure");
            xml.writeAttribute("message", Counts.some(errors.size(), "error"));
            xml.writeCharacters(String.join("\n", errors));
            xml.writeEndElement();
        }
        var warnings = problems.stream()
                .filter(problem -> problem.file().equals(file) && !problem.isError())
                .map(problem -> HarmlessText.line(problem.toString()))
                .toList();
        if (!warnings.isEmpty()) {
            line(xml, "    ");
            xml.writeStartElement("system-out");
            xml.writeCharacters(String.join("\n", warnings));
            xml.writeEndElement();
        }
        line(xml, "  ");
        xml.writeEndElement();
    }

    private static List<String> errors(String file, List<Problem> problems) {
        return problems.stream()
                .filter(problem -> problem.file().equals(file) && problem.isError())
                .map(problem -> HarmlessText.line(problem.toString()))
                .toList();
    }

    private static void line(XMLStreamWriter xml, String indent) throws XMLStreamException {
        xml.writeCharacters("\n" + indent);
    }
}
