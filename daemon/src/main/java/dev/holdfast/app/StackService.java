package dev.holdfast.app;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where an app comes from that is a service of a stack file, and what it says that no app file can.
///
/// Such an app has the defaults of the engine, not Holdfast's, so that its spec is the one that `docker stack deploy`
/// makes.
///
/// @param stack the name of the stack
/// @param service its own name there: the app is called `<stack>_<service>`
/// @param mounts all of its mounts, as and in the order in which they are sent
/// @param unset variables that the container does not get, whatever its image says
/// @param credentialSpec null where it has none
/// @param adopt whether `holdfast.yaml` says of the whole stack that it is taken over
public record StackService(
        String stack,
        String service,
        List<StackMount> mounts,
        List<String> unset,
        @Nullable CredentialSpec credentialSpec,
        boolean adopt) {

    /// Where Windows finds the credentials of a service account: exactly one of the three.
    ///
    /// @param config key of a config of the repository
    public record CredentialSpec(
            @Nullable String config,
            @Nullable String file,
            @Nullable String registry) {}
}
