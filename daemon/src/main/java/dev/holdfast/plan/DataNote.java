package dev.holdfast.plan;

import dev.holdfast.ledger.Claim;
import dev.holdfast.yaml.Words;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What becomes of an app's data if a plan is carried out: to be read before anything else. The words are those of
/// `report`.
public sealed interface DataNote {

    /// The app that has had the data, or that gets it.
    String app();

    /// @param node as people call it
    record Data(Claim.Kind kind, String name, String node) {}

    /// A note on one volume or directory.
    sealed interface OfData extends DataNote {
        Data data();

        /// The same, said of that node.
        default OfData at(String node) {
            var there = new Data(data().kind(), data().name(), node);
            return switch (this) {
                case StaysBehind note -> new StaysBehind(note.app(), there);
                case BecomesOrphan note -> new BecomesOrphan(note.app(), there);
                case IsOnlyRead note -> new IsOnlyRead(note.app(), there, note.readers());
                case GoesTo note -> new GoesTo(note.app(), there, note.taker());
                case IsTakenBack note -> new IsTakenBack(note.app(), there, note.from(), note.made());
                case IsFound note -> new IsFound(note.app(), there, note.made());
                case IsUsed note -> new IsUsed(note.app(), there);
                case StartsEmpty note -> new StartsEmpty(note.app(), there);
                case StartsEmptyUnlessThere note -> new StartsEmptyUnlessThere(note.app(), there);
                case IsTakenOverIfThere note -> new IsTakenOverIfThere(note.app(), there);
                case IsMountedElsewhere note -> new IsMountedElsewhere(note.app(), there, note.before(), note.after());
            };
        }
    }

    /// The app goes on without it, and nobody else has it.
    record StaysBehind(String app, Data data) implements OfData {}

    /// The app is removed, and nobody else has it.
    record BecomesOrphan(String app, Data data) implements OfData {}

    /// The app gives it up, and no app writes it any more.
    record IsOnlyRead(String app, Data data, List<String> readers) implements OfData {}

    record GoesTo(String app, Data data, String taker) implements OfData {}

    /// @param from the app that gave it up
    /// @param made when it was made; null where no look has told
    record IsTakenBack(
            String app, Data data, String from, @Nullable String made) implements OfData {}

    /// A volume that is there, and that the app did not have.
    ///
    /// @param made when it was made
    record IsFound(String app, Data data, String made) implements OfData {}

    /// A directory that the app did not have, used whatever is in it.
    record IsUsed(String app, Data data) implements OfData {}

    record StartsEmpty(String app, Data data) implements OfData {}

    /// Nobody has looked: whether it is there is not known.
    record StartsEmptyUnlessThere(String app, Data data) implements OfData {}

    /// The same of an app that adopts what is there.
    record IsTakenOverIfThere(String app, Data data) implements OfData {}

    /// It stays where it is, and is mounted elsewhere.
    ///
    /// @param before places in the container that are given up
    /// @param after places where it is mounted then
    record IsMountedElsewhere(String app, Data data, List<String> before, List<String> after) implements OfData {}

    /// @param target place in the container where there was data, and where nothing will be mounted
    record NothingIsAt(String app, String target) implements DataNote {}

    record IsLockedNoMore(String app) implements DataNote {}

    /// A service of a stack file has data, and its file leaves open what is safe for that.
    ///
    /// @param node to which it is locked; null where it is not, or that is not known
    /// @param guards what it gets, or has as the engine's default
    record IsGuarded(String app, @Nullable String node, List<Guard> guards) implements DataNote {}

    /// What is safe for data, where a file says nothing else.
    enum Guard {
        LOCKED,
        ONE_INSTANCE,
        STOP_FIRST,
        PAUSE;

        public String word() {
            return Words.of(this);
        }
    }
}
