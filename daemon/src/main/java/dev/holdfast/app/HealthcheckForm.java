package dev.holdfast.app;

import dev.holdfast.yaml.At;
import dev.holdfast.yaml.Form;
import dev.holdfast.yaml.RecordForm;
import dev.holdfast.yaml.Yaml;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The section `healthcheck`, where `disable: true` is another word for the test `[NONE]`.
final class HealthcheckForm implements Form<Healthcheck> {

    private static final RecordForm<Healthcheck> SECTION = RecordForm.of(Healthcheck.class);

    @Override
    public RecordForm<?> section() {
        return RecordForm.of(Healthcheck.class);
    }

    @Override
    public @Nullable Healthcheck read(Yaml node, At at) {
        var check = SECTION.read(node, at);
        if (check != null && check.test().equals(List.of("CMD-SHELL", "NONE"))) {
            at.reading()
                    .error(
                            at.path() + ".test",
                            "the text NONE would be run as a command, and fail; write [NONE], or disable: true");
        }
        if (check == null || !check.disable()) {
            return check;
        }
        if (!check.test().isEmpty() && !check.test().equals(List.of("NONE"))) {
            at.reading().error(at.path() + ".disable", "cannot stand beside a test; remove one of them");
        }
        return new Healthcheck(List.of("NONE"), null, null, null, null, null, true);
    }

    @Override
    public Yaml write(Healthcheck check) {
        return SECTION.write(check.disable() ? new Healthcheck(List.of(), null, null, null, null, null, true) : check);
    }

    @Override
    public Map<String, Object> schema() {
        return SECTION.schema();
    }
}
