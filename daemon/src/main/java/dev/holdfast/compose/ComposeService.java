package dev.holdfast.compose;

import dev.holdfast.yaml.Yaml;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// One service of a stack, all files merged, variables filled in, every spelling folded into one.
///
/// @param name as in the file, without the stack's
/// @param at where it is declared first
/// @param image as written; the client sends it so
/// @param environment with what `env_file` brings; empty for a name without a value, which the engine unsets
/// @param labels of the containers; those of the service are in `deploy`
/// @param networks at least one: `default` where the file names none
/// @param ports in the order of the engine's request
/// @param mounts in the order of the file; of several files, by target
/// @param dependsOn names of services; the client ignores it
/// @param extensions `x-…` keys; a later file's value replaces the whole of an earlier one's
public record ComposeService(
        String name,
        Yaml.Place at,
        Places places,
        String image,
        ComposeProcess process,
        ComposeSurroundings surroundings,
        SortedMap<String, Optional<String>> environment,
        SortedMap<String, String> labels,
        List<ComposeNetworkUse> networks,
        List<ComposePort> ports,
        List<ComposeMount> mounts,
        List<ComposeFileUse> secrets,
        List<ComposeFileUse> configs,
        @Nullable ComposeHealthcheck healthcheck,
        @Nullable ComposeLogging logging,
        ComposeDeploy deploy,
        List<String> dependsOn,
        Map<String, Yaml> extensions) {}
