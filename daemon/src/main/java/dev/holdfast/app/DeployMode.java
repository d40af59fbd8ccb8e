package dev.holdfast.app;

import dev.holdfast.yaml.At;
import dev.holdfast.yaml.Form;
import dev.holdfast.yaml.TextForms;
import dev.holdfast.yaml.Yaml;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `replicated` or `global`. Compose's two job modes are named as not supported, not as a slip.
final class DeployMode implements Form<String> {

    private static final TextForms.Choice MODES = new TextForms.Choice(List.of("replicated", "global"));

    @Override
    public @Nullable String read(Yaml node, At at) {
        if (node instanceof Yaml.Scalar scalar
                && List.of("replicated-job", "global-job").contains(scalar.text())) {
            return at.wrong(node, "%s: jobs are not supported yet".formatted(scalar.text()));
        }
        return MODES.read(node, at);
    }

    @Override
    public Map<String, Object> schema() {
        return MODES.schema();
    }
}
