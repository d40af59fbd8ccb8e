package dev.holdfast.spec;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.app.App;
import java.util.ArrayList;
import java.util.List;

/// From an app to the spec of its service: whole, and in the form in which the engine keeps it. Networks are named, not
/// numbered (the engine resolves them); secrets and configs have an empty ID that is filled in when the spec is sent.
public final class SpecBuilder {

    private SpecBuilder() {}

    /// @param notSupported what the engine is too old for and the spec leaves out, a sentence for each
    public record Built(ObjectNode spec, List<String> notSupported) {}

    public static Built build(App app, SpecContext context) {
        var spec = Specs.object();
        var notSupported = new ArrayList<String>();
        ComposeKeys.ALL.forEach(key -> key.write(app, context, spec, notSupported));
        HookSpec.mark(app, spec);
        return new Built(spec, List.copyOf(notSupported));
    }
}
