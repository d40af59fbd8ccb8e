package dev.holdfast.run;

import dev.holdfast.app.Desired;
import dev.holdfast.app.DesiredReader;
import dev.holdfast.app.ReadOptions;
import dev.holdfast.git.Checkout;
import dev.holdfast.git.ConfigRepository;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The files of the commit that was applied last. A run asks for them more than once, and a commit never changes: they
/// are read once. Not for use by several threads.
final class AppliedFiles {

    record Read(Checkout checkout, Desired desired) {}

    private final ConfigRepository repository;
    private final ReadOptions reading;
    private @Nullable String commit;
    private Optional<Read> read = Optional.empty();

    AppliedFiles(ConfigRepository repository, ReadOptions reading) {
        this.repository = repository;
        this.reading = reading;
    }

    /// Empty where that commit is not here: that may change with the next fetch.
    Optional<Read> at(String applied) {
        if (read.isEmpty() || !applied.equals(commit)) {
            commit = applied;
            read = repository
                    .known(applied)
                    .map(checkout -> new Read(checkout, DesiredReader.read(checkout.source(), reading)));
        }
        return read;
    }
}
