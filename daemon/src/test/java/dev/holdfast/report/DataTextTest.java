package dev.holdfast.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.holdfast.ledger.Claim;
import dev.holdfast.plan.DataNote;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What becomes of data is a value each, told to people as a sentence and to programs as fields.
public class DataTextTest {

    private static final DataNote.Data VOLUME = new DataNote.Data(Claim.Kind.VOLUME, "db-data", "w1");
    private static final DataNote.Data DIRECTORY = new DataNote.Data(Claim.Kind.BIND, "/srv/db", "w1");

    /// One of each kind.
    public static final List<DataNote> ALL = List.of(
            new DataNote.StaysBehind("db", VOLUME),
            new DataNote.BecomesOrphan("db", DIRECTORY),
            new DataNote.IsOnlyRead("db", VOLUME, List.of("web", "api")),
            new DataNote.GoesTo("db", VOLUME, "db2"),
            new DataNote.IsTakenBack("db", VOLUME, "old", null),
            new DataNote.IsTakenBack("db", VOLUME, "old", "2026-01-01"),
            new DataNote.IsFound("db", VOLUME, "2026-01-01"),
            new DataNote.IsUsed("db", DIRECTORY),
            new DataNote.StartsEmpty("db", VOLUME),
            new DataNote.StartsEmptyUnlessThere("db", VOLUME),
            new DataNote.IsTakenOverIfThere("db", VOLUME),
            new DataNote.IsMountedElsewhere("db", VOLUME, List.of("/a", "/b"), List.of("/c")),
            new DataNote.NothingIsAt("db", "/a"),
            new DataNote.IsLockedNoMore("db"),
            new DataNote.IsGuarded("db", "w1", List.of(DataNote.Guard.values())),
            new DataNote.IsGuarded("cache", "w1", List.of(DataNote.Guard.values())),
            new DataNote.IsGuarded("log", null, List.of(DataNote.Guard.PAUSE)));

    @Test
    void each_is_a_sentence_for_people() {
        assertThat(DataText.of(ALL))
                .containsExactly(
                        "volume db-data stays on w1: db no longer has it",
                        "bind /srv/db stays on w1 as an orphan: app db is removed",
                        "volume db-data stays on w1 with web, api, which only reads it: no app writes it any more",
                        "volume db-data on w1 goes from db to db2",
                        "db takes back volume db-data on w1, which old gave up",
                        "db takes back volume db-data on w1 (made 2026-01-01), which old gave up",
                        "db finds volume db-data on w1 (made 2026-01-01) and uses it",
                        "db finds directory w1:/srv/db and uses it, whatever is in it",
                        "db starts with a new, empty volume db-data on w1",
                        "db starts with volume db-data on w1, new and empty unless one is there",
                        "db takes volume db-data on w1 over as it is, if there is one; else it starts with a new, empty"
                                + " one",
                        "db has volume db-data at /c, no longer at /a, /b",
                        "db has nothing at /a: what it writes there is lost with its container",
                        "db is locked to no node any more",
                        "db, cache: for its data, where the file says nothing else: locked to w1, one instance there"
                                + " (max_replicas_per_node: 1), stopped before a new task starts, paused if an update"
                                + " fails",
                        "log: for its data, where the file says nothing else: paused if an update fails");
    }

    @Test
    void each_is_fields_for_programs() {
        var array = JsonNodeFactory.instance.arrayNode();
        DataJson.add(array, ALL);
        var data = "\"app\":\"db\",\"kind\":\"volume\",\"name\":\"db-data\",\"node\":\"w1\"";
        var directory = "\"app\":\"db\",\"kind\":\"bind\",\"name\":\"/srv/db\",\"node\":\"w1\"";
        assertThat(array.valueStream().map(Object::toString))
                .containsExactly(
                        "{\"what\":\"stays-behind\"," + data + "}",
                        "{\"what\":\"becomes-orphan\"," + directory + "}",
                        "{\"what\":\"only-read\"," + data + ",\"readers\":[\"web\",\"api\"]}",
                        "{\"what\":\"goes-to\"," + data + ",\"to\":\"db2\"}",
                        "{\"what\":\"taken-back\"," + data + ",\"from\":\"old\"}",
                        "{\"what\":\"taken-back\"," + data + ",\"from\":\"old\",\"made\":\"2026-01-01\"}",
                        "{\"what\":\"found\"," + data + ",\"made\":\"2026-01-01\"}",
                        "{\"what\":\"used\"," + directory + "}",
                        "{\"what\":\"starts-empty\"," + data + "}",
                        "{\"what\":\"starts-empty-unless-there\"," + data + "}",
                        "{\"what\":\"taken-over-if-there\"," + data + "}",
                        "{\"what\":\"mounted-elsewhere\"," + data + ",\"before\":[\"/a\",\"/b\"],\"after\":[\"/c\"]}",
                        "{\"what\":\"nothing-at\",\"app\":\"db\",\"target\":\"/a\"}",
                        "{\"what\":\"locked-no-more\",\"app\":\"db\"}",
                        guarded("db"),
                        guarded("cache"),
                        "{\"what\":\"guarded\",\"app\":\"log\",\"guards\":[\"pause\"]}");
    }

    private static String guarded(String app) {
        return "{\"what\":\"guarded\",\"app\":\"%s\",\"node\":\"w1\",\"guards\":[\"locked\",\"one-instance\",\"stop-first\",\"pause\"]}"
                .formatted(app);
    }

    @Test
    void none_is_left_out_here() {
        assertThat(ALL.stream().map(Object::getClass).distinct()).hasSize((int) kinds(DataNote.class));
    }

    private static long kinds(Class<?> kind) {
        return kind.isSealed()
                ? Stream.of(kind.getPermittedSubclasses())
                        .mapToLong(DataTextTest::kinds)
                        .sum()
                : 1;
    }
}
