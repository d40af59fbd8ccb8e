package dev.holdfast.spec;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.app.App;
import org.jspecify.annotations.Nullable;

/// Whom a container of Windows is, by a stack file. All else that it may do or not is only set by other hands.
final class PrivilegesPart implements SpecPart {

    private static final String CREDENTIALS = "CredentialSpec";
    private static final String CONFIG = "Config";

    /// Docker's client sends it even where it is empty, and to add an empty one later would make the tasks start
    /// anew. A config is named here; its ID is filled in when the spec is sent.
    @Override
    public @Nullable JsonNode write(App app, SpecContext context) {
        var stack = app.stack();
        if (stack == null) {
            return null;
        }
        var node = Specs.object();
        var given = stack.credentialSpec();
        if (given == null) {
            node.putNull(CREDENTIALS);
        } else {
            var credentials = node.putObject(CREDENTIALS);
            credentials.put(
                    CONFIG, given.config() == null ? "" : context.names().config(given.config()));
            credentials.put("File", given.file() == null ? "" : given.file());
            credentials.put("Registry", given.registry() == null ? "" : given.registry());
        }
        node.putNull("SELinuxContext");
        return node;
    }

    /// The ID of a config is not compared: its name is among the configs.
    @Override
    public void read(String word, JsonNode node, Side side, FieldValues values) {
        PlainParts.anyBut("default", word, node, values);
        values.values().remove(word + "." + CREDENTIALS + "." + CONFIG);
    }
}
