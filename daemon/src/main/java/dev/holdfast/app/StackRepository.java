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
        extensions.forEach(each -> each.shared().forEach(word -> shared.add(StackMounts.source(stack, word))));
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
            to.put(
                    StackApps.key(stack, key),
                    new ContentSource(
                            content.file(),
                            null,
                            null,
                            content.external(),
                            content.name(),
                            content.templateDriver(),
                            true,
                            new Repository.OfStack(stack, content.labels(), content.driver())));
            if (content.file() != null) {
                read(list, content, content.file());
            }
        });
    }

    /// A file that SOPS has encrypted is decrypted, as those do who deploy stacks that hold such.
    private void read(String list, ComposeContent content, String file) {
        var path = list + "." + content.key() + ".file";
        var secret = list.equals("secrets");
        Consumer<String> error = message -> problems.error(content.at(), path, message);
        var bytes = files.read(file, secret, error);
        if (bytes.isEmpty()) {
            return;
        }
        if (SopsFiles.isEncrypted(file, bytes.get())) {
            sops.open(file, bytes.get())
                    .ifPresent(opened -> files.put(file, "the file " + file, opened.whole(), secret, error));
            return;
        }
        Ciphertext.of(bytes.get())
                .ifPresent(tool -> problems.warning(
                        null,
                        content.at(),
                        path,
                        "the file %s is encrypted by %s, and the services get it as it is: docker stack deploy does not decrypt it either"
                                .formatted(file, tool)));
        files.put(file, "the file " + file, bytes.get(), secret, error);
    }
}
