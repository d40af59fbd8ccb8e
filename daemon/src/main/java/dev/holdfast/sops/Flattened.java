package dev.holdfast.sops;

import dev.holdfast.sops.Node.Branch;
import dev.holdfast.sops.Node.Item;
import dev.holdfast.sops.Node.Items;
import dev.holdfast.sops.Node.Leaf;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// What SOPS says of a file, in formats that know no lists: `age__list_0__map_enc` is `age[0].enc`.
final class Flattened {

    private static final Pattern STEP = Pattern.compile("__(?:list_([0-9]{1,4})(?=__|$)|map_)");

    /// Sorted, so that lists are in order; numbers are padded for that.
    private final TreeMap<String, Object> tree = new TreeMap<>();

    private Flattened() {}

    static Branch tree(List<Item> items) {
        var flattened = new Flattened();
        for (var item : items) {
            if (!item.comment() && item.node() instanceof Leaf leaf) {
                flattened.put(steps(item.key()), leaf);
            }
        }
        return (Branch) node(flattened.tree, false);
    }

    private static List<String> steps(String key) {
        var steps = new ArrayList<String>();
        var step = STEP.matcher(key);
        var from = 0;
        while (step.find()) {
            if (step.start() > from || steps.isEmpty()) {
                steps.add(key.substring(from, step.start()));
            }
            if (step.group(1) != null) {
                steps.add("[%04d".formatted(Integer.parseInt(step.group(1))));
            }
            from = step.end();
        }
        if (from < key.length()) {
            steps.add(key.substring(from));
        }
        return steps;
    }

    @SuppressWarnings("unchecked")
    private void put(List<String> steps, Leaf leaf) {
        var at = tree;
        for (var step : steps.subList(0, steps.size() - 1)) {
            if (!(at.computeIfAbsent(step, _ -> new TreeMap<String, Object>()) instanceof TreeMap<?, ?> below)) {
                return;
            }
            at = (TreeMap<String, Object>) below;
        }
        at.put(steps.getLast(), leaf);
    }

    private static Node node(Object value, boolean list) {
        if (!(value instanceof TreeMap<?, ?> map)) {
            return (Leaf) value;
        }
        if (list) {
            return new Items(
                    map.values().stream().map(each -> below((Object) each)).toList());
        }
        return new Branch(map.entrySet().stream()
                .map(entry -> Item.of(String.valueOf(entry.getKey()), below((Object) entry.getValue())))
                .toList());
    }

    private static Node below(Object value) {
        return node(value, value instanceof TreeMap<?, ?> map && isList(map));
    }

    private static boolean isList(TreeMap<?, ?> map) {
        return !map.isEmpty()
                && map.keySet().stream().allMatch(key -> String.valueOf(key).startsWith("["));
    }
}
