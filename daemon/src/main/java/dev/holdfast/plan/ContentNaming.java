package dev.holdfast.plan;

import dev.holdfast.app.Repository.ContentSource;
import dev.holdfast.live.Content;
import dev.holdfast.live.Labels;
import dev.holdfast.spec.ContentNames;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// What secrets or configs are called in the Swarm. The name of one of `holdfast.yaml` tells its content. One of a
/// stack has the name that `docker stack deploy` gives it for as long as what is there under that name has the content
/// of its file, and a name that tells the content from then on: the engine cannot change what an object holds. The name
/// that another tool gave to that content stays for as long as services mount it.
final class ContentNaming {

    private final Situation situation;
    private final boolean secrets;
    private final Map<String, Content> live;
    private final Map<String, String> names = new HashMap<>();

    /// Of secrets that nobody can read: what they are taken to hold from now on, by ID.
    private final Map<String, String> taken = new TreeMap<>();

    private ContentNaming(Situation situation, boolean secrets) {
        this.situation = situation;
        this.secrets = secrets;
        var all = secrets ? situation.live().secrets() : situation.live().configs();
        this.live = all.stream().collect(Collectors.toMap(Content::name, Function.identity(), (one, other) -> one));
        declared().forEach((key, source) -> names.put(key, name(key, source)));
    }

    static ContentNaming ofSecrets(Situation situation) {
        return new ContentNaming(situation, true);
    }

    static ContentNaming ofConfigs(Situation situation) {
        return new ContentNaming(situation, false);
    }

    /// By key in the files.
    Map<String, String> names() {
        return names;
    }

    Map<String, ContentSource> declared() {
        return secrets
                ? situation.repository().secrets()
                : situation.repository().configs();
    }

    String word() {
        return secrets ? "secret" : "config";
    }

    HoldCode missing() {
        return secrets ? HoldCode.SECRET_MISSING : HoldCode.CONFIG_MISSING;
    }

    Change.Kind kind() {
        return secrets ? Change.Kind.SECRET : Change.Kind.CONFIG;
    }

    @Nullable
    Content live(String name) {
        return live.get(name);
    }

    byte[] data(ContentSource source) {
        return situation.desired().contents().getOrDefault(String.valueOf(source.content()), new byte[0]);
    }

    /// What the object of that key shall say of its content, where its name does not; null where the name does.
    @Nullable
    String contentLabel(String key, ContentSource source) {
        return source.stack() != null && names.getOrDefault(key, "").equals(source.name())
                ? hash(addressed(source, data(source)))
                : null;
    }

    /// The key and the hash of a secret that is there, that no one can read, and that is taken to hold what its
    /// file says; by ID.
    Map<String, String> taken(List<String> keys) {
        var found = new TreeMap<String, String>();
        for (var key : keys) {
            var source = declared().get(key);
            var object = source == null ? null : live.get(names.getOrDefault(key, key));
            if (object != null && taken.containsKey(object.id())) {
                found.put(object.id(), String.valueOf(taken.get(object.id())));
            }
        }
        return found;
    }

    private String name(String key, ContentSource source) {
        if (source.stack() != null) {
            return ofAnotherTool(key, source).orElseGet(() -> inStack(source));
        }
        return source.external() || source.content() == null
                ? source.name() == null ? key : source.name()
                : addressed(key, source, data(source));
    }

    /// A stack that another tool deployed uses it, and another name for the same content would restart its
    /// services.
    private Optional<String> ofAnotherTool(String key, ContentSource source) {
        if (source.content() == null || source.stack() == null) {
            return Optional.empty();
        }
        var data = data(source);
        var stack = source.stack().stack();
        return ContentNames.ofOtherTools(key.substring(stack.length() + 1), source, data).stream()
                .filter(name -> holdsAsTold(live.get(name), stack, data) && isMounted(name))
                .findFirst();
    }

    private static boolean holdsAsTold(@Nullable Content there, String stack, byte[] data) {
        return there != null
                && stack.equals(there.labels().get(Labels.STACK))
                && (there.data() == null
                        || there.data().equals(Base64.getEncoder().encodeToString(data)));
    }

    private boolean isMounted(String name) {
        var word = secrets ? "Secret" : "Config";
        return situation.live().services().stream()
                .flatMap(service -> StreamSupport.stream(
                        service.spec()
                                .at("/TaskTemplate/ContainerSpec/" + word + "s")
                                .spliterator(),
                        false))
                .anyMatch(use -> use.path(word + "Name").asText().equals(name));
    }

    private String inStack(ContentSource source) {
        var plain = String.valueOf(source.name());
        if (source.content() == null) {
            return plain;
        }
        var data = data(source);
        var addressed = addressed(source, data);
        var there = live.get(plain);
        return live.containsKey(addressed) || there != null && !holds(there, data, hash(addressed)) ? addressed : plain;
    }

    private boolean holds(Content there, byte[] data, String hash) {
        var told = there.labels().get(Labels.CONTENT);
        if (told != null) {
            return told.equals(hash);
        }
        if (there.data() != null) {
            return there.data().equals(Base64.getEncoder().encodeToString(data));
        }
        var known = situation.ledger().contents().get(there.id());
        taken.put(there.id(), known == null ? hash : known);
        return known == null || known.equals(hash);
    }

    private String addressed(ContentSource source, byte[] data) {
        return addressed(String.valueOf(source.name()), source, data);
    }

    private String addressed(String name, ContentSource source, byte[] data) {
        // What was encrypted is as secret in a config: its plain hash could give it away.
        return secrets || source.sops() != null
                ? ContentNames.secret(name, source, data, situation.ledger().nameKey())
                : ContentNames.config(name, source, data);
    }

    private static String hash(String addressed) {
        return addressed.substring(addressed.lastIndexOf('-') + 1);
    }
}
