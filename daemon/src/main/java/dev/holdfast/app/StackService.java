package dev.holdfast.app;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where an app comes from that is a service of a stack file, and what it says that no app file can.
///
/// Such an app has the defaults of the engine, not Holdfast's, so that its spec is the one that `docker stack deploy`
/// makes.
///
/// @param stack the name of the stack
/// @param service its own name there: the app is called `<stack>_<service>`
/// @param mounts all of its mounts, as and in the order in which they are sent
/// @param keys of its volumes by their names in the Swarm: `x-holdfast` calls them by these
/// @param unset variables that the container does not get, whatever its image says
/// @param credentialSpec null where it has none
/// @param adopt whether `holdfast.yaml` says of the whole stack that it is taken over
public record StackService(
        String stack,
        String service,
        List<StackMount> mounts,
        Map<String, String> keys,
        List<String> unset,
        @Nullable CredentialSpec credentialSpec,
        boolean adopt) {

    /// How `x-holdfast` calls a volume or host path of it.
    public String word(String source) {
        return keys.getOrDefault(source, source);
    }

    /// How it calls another app: one of the same stack by its short name.
    public String word(@Nullable StackService other, String app) {
        return other != null && other.stack.equals(stack) ? other.service : app;
    }

    /// Where Windows finds the credentials of a service account: exactly one of the three.
    ///
    /// @param config key of a config of the repository
    public record CredentialSpec(
            @Nullable String config,
            @Nullable String file,
            @Nullable String registry) {}
}
