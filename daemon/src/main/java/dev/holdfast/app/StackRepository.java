package dev.holdfast.app;

import dev.holdfast.app.Repository.ContentSource;
import dev.holdfast.app.Repository.Network;
import dev.holdfast.app.Repository.Volume;
import dev.holdfast.compose.ComposeContent;
import dev.holdfast.compose.ComposeNetwork;
import dev.holdfast.compose.StackFile;
import dev.holdfast.yaml.Ciphertext;
import dev.holdfast.yaml.Problems;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/// What stack files declare beside their services, as if `holdfast.yaml` had it: networks, secrets and configs under
/// `STACK/KEY`, volumes under their names.
final class StackRepository {

    private final ContentFiles files;
    private final SopsFiles sops;
    private final Problems problems;
    private final Map<String, Network> networks = new LinkedHashMap<>();
    private final Map<String, Volume> volumes = new LinkedHashMap<>();
    private final Map<String, ContentSource> secrets = new LinkedHashMap<>();
    private final Map<String, ContentSource> configs = new LinkedHashMap<>();

    StackRepository(ContentFiles files, SopsFiles sops, Problems problems) {
        this.files = files;
        this.sops = sops;
        this.problems = problems;
    }

    Repository over(Repository repository) {
        return repository.with(networks, volumes, secrets, configs);
    }

    /// @param extensions of its services
    void add(StackFile stack, List<StackExtension> extensions) {
        var name = stack.stack();
        stack.networks().forEach((key, network) -> networks.put(StackApps.key(name, key), network(name, network)));
        var shared = new TreeSet<String>();
        extensions.forEach(each -> shared.addAll(each.shared()));
        stack.volumes().values().forEach(volume -> {
            var options = volume.driverOpts() == null ? Map.<String, String>of() : volume.driverOpts();
            var isShared = shared.contains(volume.name());
            // One that says nothing needs no entry, and of an external one nothing is known.
            var silent = volume.external()
                    || volume.driver() == null
                            && options.isEmpty()
                            && volume.labels().isEmpty();
            if (!silent) {
                volumes.putIfAbsent(volume.name(), new Volume(volume.driver(), options, volume.labels(), isShared));
            } else if (isShared) {
                volumes.putIfAbsent(volume.name(), new Volume(null, Map.of(), Map.of(), true));
            }
        });
        contents(name, "secrets", stack.secrets(), secrets);
        contents(name, "configs", stack.configs(), configs);
    }

    private static Network network(String stack, ComposeNetwork network) {
        return new Network(
                network.name(),
                network.external(),
                network.driver(),
                network.driverOpts(),
                network.internal(),
                network.attachable(),
                false,
                network.labels(),
                ComposeValues.ipam(network),
                stack);
    }

    private void contents(
            String stack, String list, SortedMap<String, ComposeContent> declared, Map<String, ContentSource> to) {
        declared.forEach((key, content) -> {
            var file = content.file();
            var bytes = file == null
                    ? Optional.<byte[]>empty()
                    : files.read(file, list.equals("secrets"), message -> error(list, content, message));
            var encrypted = file != null && bytes.isPresent() && SopsFiles.isEncrypted(file, bytes.get());
            var source = new ContentSource(
                    encrypted ? null : file,
                    encrypted ? file : null,
                    encrypted ? content.sopsKey() : null,
                    content.external(),
                    content.name(),
                    content.templateDriver(),
                    true,
                    new Repository.OfStack(stack, content.labels(), content.driver()));
            to.put(StackApps.key(stack, key), source);
            if (file != null && bytes.isPresent()) {
                take(list, content, source, file, bytes.get());
            }
        });
    }

    /// A file that SOPS has encrypted is decrypted, as those do who deploy stacks that hold such.
    private void take(String list, ComposeContent content, ContentSource source, String file, byte[] bytes) {
        var secret = list.equals("secrets");
        var name = String.valueOf(source.content());
        Consumer<String> error = message -> error(list, content, message);
        if (source.sops() != null) {
            sops.open(file, bytes)
                    .flatMap(opened -> sops.value(opened, file, source.key(), error))
                    .ifPresent(value -> files.put(name, "the file " + file, value, secret, error));
            return;
        }
        if (content.sopsKey() != null) {
            error.accept("x-holdfast has a key, and the file %s is not encrypted with SOPS".formatted(file));
        }
        Ciphertext.of(bytes)
                .ifPresent(tool -> problems.warning(
                        null,
                        content.at(),
                        path(list, content),
                        "the file %s is encrypted by %s, and the services get it as it is: docker stack deploy does not decrypt it either"
                                .formatted(file, tool)));
        files.put(name, "the file " + file, bytes, secret, error);
    }

    private void error(String list, ComposeContent content, String message) {
        problems.error(content.at(), path(list, content), message);
    }

    private static String path(String list, ComposeContent content) {
        return list + "." + content.key() + ".file";
    }
}
