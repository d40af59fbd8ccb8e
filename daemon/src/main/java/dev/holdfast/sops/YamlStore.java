package dev.holdfast.sops;

import dev.holdfast.sops.Node.Branch;
import dev.holdfast.sops.Node.Item;
import dev.holdfast.sops.Node.Items;
import dev.holdfast.sops.Node.Leaf;
import dev.holdfast.yaml.Problems;
import dev.holdfast.yaml.Yaml;
import dev.holdfast.yaml.YamlDialect;
import dev.holdfast.yaml.YamlReader;
import dev.holdfast.yaml.YamlWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// YAML, and JSON as a part of it. Comments have no part in the MAC, and are left out of what was decrypted.
final class YamlStore {

    private YamlStore() {}

    static List<Branch> read(String file, byte[] content) throws SopsFault {
        // The first document is read as Go reads it, as SOPS is written in Go: that decides about values that are
        // not encrypted.
        var first = documents(file, content, YamlDialect.GO);
        var all = documents(file, content, YamlDialect.CORE);
        var branches = new ArrayList<Branch>();
        for (var i = 0; i < all.size(); i++) {
            var document = i == 0 ? first.getFirst() : all.get(i);
            if (node(document) instanceof Branch branch) {
                branches.add(branch);
            } else if (!Yaml.isNull(document)) {
                throw new SopsFault(document.place(), "is not a mapping, as SOPS writes it");
            }
        }
        return branches;
    }

    private static List<Yaml> documents(String file, byte[] content, YamlDialect dialect) throws SopsFault {
        var problems = new Problems();
        var read = YamlReader.read(file, content, dialect, problems);
        for (var problem : problems.sorted()) {
            if (problem.isError()) {
                throw new SopsFault(
                        new Yaml.Place(file, problem.line(), problem.column()),
                        "is encrypted with SOPS, and broken: it " + problem.message());
            }
        }
        return read.documents();
    }

    private static Node node(Yaml yaml) {
        return switch (yaml) {
            case Yaml.Scalar scalar ->
                new Leaf(scalar.place(), scalar.text().getBytes(StandardCharsets.UTF_8), scalar.kind());
            case Yaml.Sequence list ->
                new Items(list.items().stream().map(YamlStore::node).toList());
            case Yaml.Mapping mapping ->
                new Branch(mapping.entries().stream()
                        .map(entry -> Item.of(entry.key(), node(entry.value())))
                        .toList());
        };
    }

    static String written(List<Branch> branches) {
        return branches.stream().map(YamlStore::written).collect(Collectors.joining("---\n"));
    }

    static String written(Node node) {
        return switch (yaml(node)) {
            case Yaml.Mapping mapping -> YamlWriter.write(mapping, Map.of());
            case Yaml other -> JsonStore.written(node).stripTrailing() + "\n";
        };
    }

    private static Yaml yaml(Node node) {
        var nowhere = Yaml.Place.of("");
        return switch (node) {
            case Leaf leaf -> new Yaml.Scalar(leaf.place(), leaf.text(), leaf.kind(), false);
            case Items items ->
                new Yaml.Sequence(
                        nowhere, items.nodes().stream().map(YamlStore::yaml).toList());
            case Branch branch ->
                new Yaml.Mapping(
                        nowhere,
                        branch.items().stream()
                                .filter(item -> !item.comment())
                                .map(item -> new Yaml.Entry(item.key(), nowhere, yaml(item.node())))
                                .toList());
        };
    }
}
