package dev.holdfast.sops;

import dev.holdfast.sops.Metadata.Group;
import dev.holdfast.sops.Metadata.Recipient;
import dev.holdfast.yaml.Secrets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The key that all values of a file are encrypted with, out of what its recipients have of it.
final class DataKey {

    private static final int LENGTH = 32;

    private final KeyPlaces places;

    DataKey(KeyPlaces places) {
        this.places = places;
    }

    /// @throws KeysUnusable where keys are configured that cannot be read
    byte[] open(Metadata metadata) throws SopsFault {
        var groups = metadata.groups();
        var age = groups.stream().anyMatch(group -> !group.age().isEmpty()) ? places.age() : Optional.<AgeKeys>empty();
        var pgp = groups.stream().anyMatch(group -> !group.pgp().isEmpty()) ? places.pgp() : Optional.<PgpKeys>empty();
        var parts = new ArrayList<byte[]>();
        for (var group : groups) {
            part(group, age, pgp).ifPresent(parts::add);
        }
        var needed = groups.size() == 1 ? 1 : metadata.threshold() == 0 ? groups.size() : metadata.threshold();
        if (parts.size() < needed) {
            throw new SopsFault(metadata.place(), refusal(groups, parts.size(), needed));
        }
        if (groups.size() > 1 && (parts.size() < 2 || !Shamir.fitTogether(parts))) {
            throw new SopsFault(metadata.place(), "has parts of its data key below sops that do not fit together");
        }
        var key = groups.size() == 1 ? parts.getFirst() : Shamir.combined(parts);
        if (key.length != LENGTH) {
            throw new SopsFault(metadata.place(), "has a data key below sops that is none");
        }
        return key;
    }

    private static Optional<byte[]> part(Group group, Optional<AgeKeys> age, Optional<PgpKeys> pgp) {
        return Stream.concat(
                        age.stream()
                                .flatMap(keys ->
                                        group.age().stream().flatMap(each -> keys.open(each.encrypted()).stream())),
                        pgp.stream()
                                .flatMap(keys ->
                                        group.pgp().stream().flatMap(each -> keys.open(each.encrypted()).stream())))
                .findFirst();
    }

    private String refusal(List<Group> groups, int opened, int needed) {
        var forWhom = groups.stream().map(DataKey::recipients).collect(Collectors.joining("; and for "));
        if (groups.stream()
                .allMatch(group -> group.age().isEmpty() && group.pgp().isEmpty())) {
            return "is encrypted for " + forWhom + ", and Holdfast opens files for age and PGP: add such a recipient"
                    + " (sops rotate --in-place --add-age …)";
        }
        var parts = groups.size() == 1
                ? ""
                : " (of %d groups of keys %d must open it, %d did)".formatted(groups.size(), needed, opened);
        if (places.isEmpty()) {
            return "is encrypted for " + forWhom + parts
                    + ", and no key was given: name its file with sops: {age_key_file: …} in the settings, or with"
                    + " --age-key-file";
        }
        return "is encrypted for " + forWhom + parts + ", and none of the keys given opens it" + given();
    }

    private String given() {
        var files = Stream.of(places.ageKeyFile(), places.pgpKeyFile())
                .filter(file -> file != null)
                .map(String::valueOf)
                .collect(Collectors.joining(", "));
        return files.isEmpty() ? "" : " (" + files + ")";
    }

    private static String recipients(Group group) {
        return Stream.of(names("", group.age()), names("PGP ", group.pgp()), group.others().keySet().stream())
                .flatMap(each -> each)
                .collect(Collectors.joining(", "));
    }

    private static Stream<String> names(String kind, List<Recipient> recipients) {
        return recipients.stream().map(each -> kind + Secrets.name(each.name()));
    }
}
