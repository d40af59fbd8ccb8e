package dev.holdfast.report;

import dev.holdfast.app.Repository;
import dev.holdfast.live.Node;
import dev.holdfast.survey.Survey;
import dev.holdfast.value.ByteSize;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the nodes' disks hold, for a terminal. Nodes that could not be looked at are named, not left out.
public final class SurveyText {

    private SurveyText() {}

    public static String of(Survey survey, List<Node> nodes, Style style) {
        var out = new Lines();
        if (survey.problem() != null) {
            out.add(style.yellow("Not everything could be seen:")).indented("    ", survey.problem());
        }
        nodes.stream().sorted(Comparator.comparing(Node::hostname)).forEach(node -> {
            out.gap()
                    .add(style.bold("node " + HarmlessText.line(node.hostname())) + " (" + HarmlessText.line(node.id())
                            + ")");
            survey.node(node.id())
                    .ifPresentOrElse(seen -> seen(seen, out), () -> out.add("    unknown: it could not be looked at"));
        });
        return out.toString();
    }

    private static void seen(Survey.NodeSurvey node, Lines out) {
        out.add("    at " + HarmlessText.line(node.at()));
        node.volumes().values().stream()
                .sorted(Comparator.comparing(Survey.Volume::name))
                .forEach(volume -> out.add("    volume " + HarmlessText.line(volume.name()) + ", made "
                        + HarmlessText.line(volume.createdAt()) + binds(volume) + size(volume.sizeBytes())
                        + users(node.usersOf(volume.name()), volume)));
        node.paths().values().stream()
                .sorted(Comparator.comparing(Survey.Path::path))
                .forEach(path ->
                        out.add("    path " + HarmlessText.line(path.path()) + ": " + HarmlessText.line(path.kind())
                                + (path.real().isEmpty() || path.real().equals(path.path())
                                        ? ""
                                        : ", is " + HarmlessText.line(path.real()))
                                + (path.mountPoint() ? ", a mount point" : "") + size(path.sizeBytes())));
        if (node.volumes().isEmpty() && node.paths().isEmpty()) {
            out.add("    no volumes, and no paths were asked for");
        }
    }

    private static String binds(Survey.Volume volume) {
        var device = Repository.Volume.boundTo(volume.driver(), volume.options());
        return device == null ? "" : ", binds " + HarmlessText.line(device);
    }

    private static String users(List<String> users, Survey.Volume volume) {
        return (volume.isAnonymous() ? ", without a name of its own" : "")
                + (users.isEmpty() ? "" : ", used by " + HarmlessText.line(String.join(", ", users)));
    }

    private static String size(@Nullable Long bytes) {
        return bytes == null ? "" : ", " + new ByteSize(bytes).rounded();
    }
}
