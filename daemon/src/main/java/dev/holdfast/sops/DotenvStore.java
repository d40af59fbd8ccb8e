package dev.holdfast.sops;

import dev.holdfast.sops.Node.Branch;
import dev.holdfast.sops.Node.Item;
import dev.holdfast.sops.Node.Leaf;
import dev.holdfast.yaml.Yaml;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;

/// Files of `NAME=value`, with `\n` in a value for the end of a line.
final class DotenvStore {

    private DotenvStore() {}

    static Branch read(String file, byte[] content) throws SopsFault {
        var items = new ArrayList<Item>();
        var number = 0;
        for (var line : new String(content, StandardCharsets.UTF_8).split("\n", -1)) {
            var place = new Yaml.Place(file, ++number, 1);
            var equals = line.indexOf('=');
            if (line.startsWith("#")) {
                items.add(Item.comment(place, line.substring(1)));
            } else if (equals >= 0) {
                var value = line.substring(equals + 1).replace("\\n", "\n");
                items.add(Item.of(line.substring(0, equals), Leaf.text(place, value)));
            } else if (!line.isEmpty()) {
                throw new SopsFault(place, "is encrypted with SOPS, and broken: this line is not NAME=value");
            }
        }
        return new Branch(items);
    }

    static String written(Branch branch) {
        var out = new StringBuilder();
        for (var item : branch.items()) {
            if (item.comment()) {
                out.append('#').append(item.key()).append('\n');
            } else if (item.node() instanceof Leaf leaf) {
                out.append(item.key())
                        .append('=')
                        .append(leaf.text().replace("\n", "\\n"))
                        .append('\n');
            }
        }
        return out.toString();
    }
}
