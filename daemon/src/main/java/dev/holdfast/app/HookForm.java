package dev.holdfast.app;

import dev.holdfast.yaml.At;
import dev.holdfast.yaml.Form;
import dev.holdfast.yaml.RecordForm;
import dev.holdfast.yaml.WordsForms;
import dev.holdfast.yaml.Yaml;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The keys `before` and `after`: a command as text or as a list, or a mapping that says more.
final class HookForm implements Form<Hook> {

    private static final RecordForm<Hook> SECTION = RecordForm.of(Hook.class);
    private static final WordsForms.Command COMMAND = new WordsForms.Command();

    @Override
    public RecordForm<?> section() {
        return SECTION;
    }

    @Override
    public @Nullable Hook read(Yaml node, At at) {
        if (node instanceof Yaml.Mapping) {
            var hook = SECTION.read(node, at);
            return hook == null || at.reading().hasFailedBelow(at.path()) ? hook : checked(hook, node, at);
        }
        if (node instanceof Yaml.Sequence list
                && list.items().stream().anyMatch(item -> !(item instanceof Yaml.Scalar))) {
            return at.wrong(node, "is one command: the words of a list; several are run by a shell, or a script");
        }
        var command = COMMAND.read(node, at);
        return command == null || at.reading().hasFailedBelow(at.path()) ? null : checked(Hook.of(command), node, at);
    }

    private static @Nullable Hook checked(Hook hook, Yaml node, At at) {
        if (hook.command().isEmpty() && hook.entrypoint().isEmpty() && hook.image() == null) {
            return at.wrong(node, "must say what runs: a command, an entrypoint or an image of its own");
        }
        if (!hook.timeout().isPositive()) {
            at.reading().error(at.path() + ".timeout", "must be longer than 0s");
        }
        return hook;
    }

    @Override
    public Yaml write(Hook hook) {
        return hook.equals(Hook.of(hook.command())) ? COMMAND.write(hook.command()) : SECTION.write(hook);
    }

    @Override
    public Map<String, Object> schema() {
        return ShortForms.either(COMMAND.schema(), SECTION);
    }
}
