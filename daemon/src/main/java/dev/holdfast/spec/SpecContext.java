package dev.holdfast.spec;

import dev.holdfast.app.Repository;
import dev.holdfast.engine.EngineVersion;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an app's spec depends on besides the app itself.
///
/// @param cluster the cluster name: ownership
/// @param commit what is being applied; null where the repository is no Git repository
/// @param image the image to send: the app's, or with the digest that its tag was resolved to
/// @param volumes what the repository declares of volumes, by name
public record SpecContext(
        String cluster,
        @Nullable String commit,
        String image,
        EngineVersion version,
        Data data,
        ObjectNames names,
        Map<String, Repository.Volume> volumes,
        SpecDefaults defaults) {

    /// What is known of the app's data.
    ///
    /// @param lockNodeId the node that the app is fixed to; null where it may run anywhere
    /// @param owned whether the app owns data and so runs at most once
    /// @param claims the label that tells its claims; empty where it has none
    public record Data(@Nullable String lockNodeId, boolean owned, String claims) {}

    /// Key in the files → name in the Swarm. A key that is missing is a name itself.
    public record ObjectNames(Map<String, String> networks, Map<String, String> secrets, Map<String, String> configs) {

        String network(String key) {
            return networks.getOrDefault(key, key);
        }

        String secret(String key) {
            return secrets.getOrDefault(key, key);
        }

        String config(String key) {
            return configs.getOrDefault(key, key);
        }
    }
}
