package dev.holdfast.plan;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What is known of images without pulling one. What nobody asked for is not there: unknown is neither present nor
/// absent.
///
/// @param volumes by app, the paths that its image declares as `VOLUME`
/// @param answers by image, what its registry said
/// @param manager ID of the node whose engine was asked
/// @param there by image, whether that engine has it
public record ImageKnowledge(
        Map<String, List<String>> volumes, Map<String, Answer> answers, String manager, Map<String, Boolean> there) {

    public static final ImageKnowledge NONE = new ImageKnowledge(Map.of(), Map.of(), "", Map.of());

    /// A registry's word on an image.
    public sealed interface Answer {

        record Given() implements Answer {}

        /// It has none of that name, or gives it to nobody who does not log in.
        record Refused(String why) implements Answer {}

        /// It could not be asked.
        record Unknown(String why) implements Answer {}
    }

    /// With what was learnt since.
    public ImageKnowledge with(ImageKnowledge more) {
        var allAnswers = new TreeMap<>(answers);
        allAnswers.putAll(more.answers);
        var allThere = new TreeMap<>(there);
        allThere.putAll(more.there);
        return new ImageKnowledge(
                volumes, Map.copyOf(allAnswers), more.manager.isEmpty() ? manager : more.manager, Map.copyOf(allThere));
    }
}
