package dev.holdfast.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.app.App;
import dev.holdfast.spec.AppArbitraries;
import dev.holdfast.spec.AppMaker;
import dev.holdfast.spec.Contexts;
import dev.holdfast.yaml.Problems;
import dev.holdfast.yaml.Reading;
import dev.holdfast.yaml.RecordForm;
import dev.holdfast.yaml.Substitution;
import dev.holdfast.yaml.YamlReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// What is written is what is read again, for every app.
class FileTextPropertiesTest {

    @Provide
    Arbitrary<App> apps() {
        return AppArbitraries.apps();
    }

    @Property(tries = 400)
    @Label("an app that is written and read again makes the same service")
    void anAppThatIsWrittenAndReadAgainMakesTheSameService(@ForAll("apps") App app) {
        var text = FileText.of(app, Map.of());
        var back = read(text);

        assertThat(Contexts.spec(back)).as(text).isEqualTo(Contexts.spec(app));
        assertThat(read(FileText.of(back, Map.of()))).as(text).isEqualTo(back);
    }

    @Provide
    Arbitrary<String> nastyTexts() {
        return Arbitraries.strings()
                .withChars(" \n\t:#-'\"$\\{}[],&*!|>%@`?=~<a0é\u2028\u0085")
                .ofMaxLength(12);
    }

    @Property(tries = 2000)
    @Label("any text is read as it was, as a value and as a word of a command")
    void anyTextIsReadAsItWas(@ForAll("nastyTexts") String text) {
        var app = AppMaker.app(m -> {
            m.environment = Map.of("A", text);
            m.command = List.of("echo", text);
        });
        assertThat(read(FileText.of(app, Map.of()))).isEqualTo(app);
    }

    static App read(String text) {
        var problems = new Problems();
        var node = YamlReader.read("a.yaml", text.getBytes(StandardCharsets.UTF_8), problems)
                .documents()
                .getFirst();
        var form = RecordForm.of(App.class);
        var reading = new Reading(problems, node, form);
        var app = form.read(new Substitution(Map.of(), true).apply(node, reading.start()), reading.start());
        assertThat(problems.sorted()).as(text).isEmpty();
        return Objects.requireNonNull(app);
    }
}
