package dev.holdfast.plan;

import dev.holdfast.registry.Answer;
import dev.holdfast.value.ImageReference;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /// What a registry said of an image. Where it gave a digest for a tag, it has that digest.
    Optional<Answer> answer(String image) {
        var known = answers.get(image);
        var parts = ImageReference.of(image);
        return known != null || !parts.isPinned()
                ? Optional.ofNullable(known)
                : answers.entrySet().stream()
                        .filter(asked ->
                                ImageReference.of(asked.getKey()).familiar().equals(parts.familiar()))
                        .map(Map.Entry::getValue)
                        .filter(new Answer.Given(parts.digest())::equals)
                        .findFirst();
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
