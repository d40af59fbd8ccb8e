package dev.holdfast.spec;

import dev.holdfast.app.Repository;
import dev.holdfast.engine.EngineVersion;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What an app's spec depends on besides the app itself.
///
/// @param cluster the cluster name: ownership
/// @param commit what is being applied; null where the repository is no Git repository
/// @param lockNodeId the node that the app is fixed to; null where it may run anywhere
/// @param persistent whether the app owns data and so runs at most once
/// @param image the image to send: the app's, or with the digest that its tag was resolved to
/// @param networkNames key in the files → name in the Swarm; a key that is missing is a name itself
/// @param secretNames key in the files → name of the Swarm's object, likewise
/// @param configNames key in the files → name of the Swarm's object, likewise
/// @param volumes what the repository declares of volumes, by name
/// @param adoptedVolumes volumes that Holdfast did not create: of their options and labels the spec says nothing, and a
///     comparison keeps what is live
public record SpecContext(
        String cluster,
        @Nullable String commit,
        @Nullable String lockNodeId,
        boolean persistent,
        String image,
        EngineVersion version,
        Map<String, String> networkNames,
        Map<String, String> secretNames,
        Map<String, String> configNames,
        Map<String, Repository.Volume> volumes,
        Set<String> adoptedVolumes) {}
