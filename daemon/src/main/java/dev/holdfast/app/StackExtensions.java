package dev.holdfast.app;

import dev.holdfast.compose.ComposeService;
import dev.holdfast.compose.StackFile;
import dev.holdfast.yaml.Constraints;
import dev.holdfast.yaml.Problems;
import dev.holdfast.yaml.Reading;
import dev.holdfast.yaml.RecordForm;
import dev.holdfast.yaml.Words;
import java.util.ArrayList;
import java.util.List;

/// Reads the words of Holdfast of a service of a stack file. What is read has the names of the Swarm.
public final class StackExtensions {

    static final String IMAGE_POLICY = "dev.holdfast.image_policy";

    private StackExtensions() {}

    /// What `x-holdfast` says; nothing of it where it is wrong.
    public static StackExtension read(StackFile stack, ComposeService service, Problems problems) {
        var node = service.extensions().get(StackExtension.KEY);
        if (node == null) {
            return StackExtension.NONE;
        }
        var form = RecordForm.of(StackExtension.class);
        var path = "services." + service.name() + "." + StackExtension.KEY;
        var reading = new Reading(problems, node, form, path);
        var read = form.read(node, reading.start());
        if (read == null) {
            return StackExtension.NONE;
        }
        Constraints.check(read, reading);
        if (!read.timeout().isPositive()) {
            reading.error("timeout", "must be longer than 0s");
        }
        meant(stack, service, read, reading);
        return read.inSwarm(word -> StackMounts.source(stack, word), word -> app(stack, word));
    }

    /// The label is for those who keep words of other tools out of their Compose files.
    public static String imagePolicy(ComposeService service, StackExtension extension) {
        var said = extension.imagePolicy();
        return said != null ? said : service.deploy().labels().getOrDefault(IMAGE_POLICY, App.PINNED);
    }

    /// Another service of the same stack by its short name, or any app.
    private static String app(StackFile stack, String word) {
        return stack.names().contains(word) ? stack.scoped(word) : word;
    }

    /// Words that name a volume or path which the service does not have are mistyped.
    private static void meant(StackFile stack, ComposeService service, StackExtension read, Reading reading) {
        var known = new ArrayList<String>();
        for (var mount : service.mounts()) {
            known.addAll(StackMounts.words(mount));
        }
        check(stack, "scratch", read.scratch(), known, reading);
        check(stack, "shared", read.shared(), known, reading);
        check(stack, "with", List.copyOf(read.with().keySet()), known, reading);
    }

    private static void check(StackFile stack, String key, List<String> words, List<String> known, Reading reading) {
        for (var word : words) {
            var source = StackMounts.source(stack, word);
            if (known.stream().noneMatch(each -> StackMounts.source(stack, each).equals(source))) {
                reading.error(key, "the service mounts no \"%s\"%s".formatted(word, Words.didYouMean(word, known)));
            }
        }
    }
}
