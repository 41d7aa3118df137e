package dev.tandem.evaluation.gate.output;

import dev.tandem.evaluation.gate.GateCheck;
import dev.tandem.evaluation.gate.GateOutcome;
import dev.tandem.evaluation.gate.GateStatus;
import dev.tandem.evaluation.run.EvaluationRun;
import dev.tandem.evaluation.run.ExampleResult;
import dev.tandem.evaluation.run.ExampleVerdict;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * An outcome as JUnit XML, for servers that show tests: a test case a check, what was not measured is skipped, and the
 * questions that went wrong are the suite's output. It has every element and attribute that the schemas of Ant and Jenkins
 * ask for, in their order.
 */
public final class GateJunit {
    private static final int MOST_EXAMPLES = 100;
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private GateJunit() {}

    /** The document. */
    public static String of(GateOutcome outcome, EvaluationRun run, List<ExampleResult> examples) {
        var text = new StringWriter();
        try {
            var xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeCharacters("\n");
            xml.writeStartElement("testsuites");
            suite(xml, outcome, run, examples);
            xml.writeEndElement();
            xml.writeEndDocument();
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
        return text + "\n";
    }

    private static void suite(XMLStreamWriter xml, GateOutcome outcome, EvaluationRun run, List<ExampleResult> examples)
            throws XMLStreamException {
        xml.writeStartElement("testsuite");
        attribute(xml, "id", "0");
        attribute(xml, "package", "tandem");
        attribute(xml, "name", "gate of " + run.strategy() + " on " + run.testSet());
        attribute(xml, "timestamp", SECONDS.format(run.started()));
        attribute(xml, "hostname", "localhost");
        attribute(xml, "tests", String.valueOf(outcome.checks().size()));
        attribute(xml, "failures", String.valueOf(outcome.count(GateStatus.FAILED)));
        attribute(xml, "errors", "0");
        attribute(xml, "skipped", String.valueOf(outcome.count(GateStatus.NOT_MEASURED)));
        attribute(xml, "time", seconds(run));
        properties(xml, outcome, run);
        for (var check : outcome.checks()) {
            testCase(xml, check);
        }
        element(xml, "system-out", examples(examples));
        element(xml, "system-err", "");
        xml.writeEndElement();
    }

    private static String seconds(EvaluationRun run) {
        Optional<Instant> finished = run.finished();
        double seconds = finished.map(
                        end -> Duration.between(run.started(), end).toMillis() / 1e3)
                .orElse(0.0);
        return String.format(Locale.ROOT, "%.3f", Math.max(0, seconds));
    }

    private static void properties(XMLStreamWriter xml, GateOutcome outcome, EvaluationRun run)
            throws XMLStreamException {
        xml.writeStartElement("properties");
        property(xml, "run", run.id());
        property(xml, "test set hash", run.testSetHash());
        if (outcome.baseline().isPresent()) {
            property(xml, "baseline", outcome.baseline().get());
        }
        xml.writeEndElement();
    }

    private static void property(XMLStreamWriter xml, String name, String value) throws XMLStreamException {
        xml.writeEmptyElement("property");
        attribute(xml, "name", name);
        // A property with an empty value is refused by some.
        attribute(xml, "value", value.isEmpty() ? "-" : value);
    }

    private static void testCase(XMLStreamWriter xml, GateCheck check) throws XMLStreamException {
        xml.writeStartElement("testcase");
        attribute(xml, "classname", "tandem.gate." + check.kind().name().toLowerCase(Locale.ROOT));
        attribute(xml, "name", check.name());
        attribute(xml, "time", "0");
        switch (check.status()) {
            case PASSED -> {}
            case FAILED -> {
                xml.writeStartElement("failure");
                attribute(xml, "type", check.kind().name().toLowerCase(Locale.ROOT));
                attribute(xml, "message", check.sentence());
                xml.writeCharacters(valid(check.sentence()));
                xml.writeEndElement();
            }
            case NOT_MEASURED -> {
                xml.writeEmptyElement("skipped");
                attribute(xml, "message", check.sentence());
            }
        }
        xml.writeEndElement();
    }

    private static String examples(List<ExampleResult> examples) {
        var failed = examples.stream()
                .filter(example -> ExampleVerdict.of(example).isFailed())
                .toList();
        var text = new StringBuilder();
        for (var example : failed.subList(0, Math.min(MOST_EXAMPLES, failed.size()))) {
            text.append(example.testCase().id())
                    .append(" (")
                    .append(ExampleVerdict.of(example).label())
                    .append("): ")
                    .append(example.testCase().question())
                    .append("\n  expected: ")
                    .append(String.join(" | ", example.testCase().answers()))
                    .append("\n  got: ")
                    .append(example.answer()
                            .map(answer -> answer.text())
                            .orElseGet(() -> example.failure().orElse("")))
                    .append("\n\n");
        }
        if (failed.size() > MOST_EXAMPLES) {
            text.append(String.format(Locale.ROOT, "and %,d more%n", failed.size() - MOST_EXAMPLES));
        }
        return text.toString();
    }

    private static void element(XMLStreamWriter xml, String name, String text) throws XMLStreamException {
        xml.writeStartElement(name);
        xml.writeCharacters(valid(text));
        xml.writeEndElement();
    }

    private static void attribute(XMLStreamWriter xml, String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, valid(value));
    }

    /** What XML 1.0 has no way to write, not even escaped, is replaced. */
    private static String valid(String text) {
        var valid = new StringBuilder(text.length());
        text.codePoints().forEach(point -> valid.appendCodePoint(isValid(point) ? point : 0xFFFD));
        return valid.toString();
    }

    private static boolean isValid(int point) {
        return point == '\t'
                || point == '\n'
                || point >= 0x20 && point < 0x7F
                || point >= 0xA0 && point <= 0xD7FF
                || point >= 0xE000 && point <= 0xFFFD
                || point >= 0x10000;
    }
}
