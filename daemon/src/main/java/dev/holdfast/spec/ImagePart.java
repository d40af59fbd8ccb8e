package dev.holdfast.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.holdfast.app.App;

/// The image: the app's, or that with the digest which its tag was resolved to.
final class ImagePart implements SpecPart {

    @Override
    public JsonNode write(App app, SpecContext context) {
        return new TextNode(context.image());
    }

    @Override
    public void read(String word, JsonNode node, Side side, FieldValues values) {
        values.putAny(word, node);
    }
}
