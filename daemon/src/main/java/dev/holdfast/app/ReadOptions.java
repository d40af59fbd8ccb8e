package dev.holdfast.app;

import dev.holdfast.sops.Decryption;
import dev.holdfast.yaml.Source;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// For whom a configuration repository is read.
///
/// @param cluster whose `clusters/NAME.yaml` is laid over `holdfast.yaml`; null for a repository of one cluster
/// @param decryption opens encrypted files
public record ReadOptions(@Nullable String cluster, Decryption decryption) {

    public static final ReadOptions NONE = new ReadOptions(null, Decryption.FORM_ONLY);

    /// The same for another cluster.
    public ReadOptions of(@Nullable String other) {
        return new ReadOptions(other, decryption);
    }

    /// One for each cluster that a repository describes, unless one is asked for.
    public static List<ReadOptions> each(Source source, ReadOptions asked) {
        var all = asked.cluster() == null ? Clusters.in(source) : List.<String>of();
        return all.isEmpty() ? List.of(asked) : all.stream().map(asked::of).toList();
    }
}
