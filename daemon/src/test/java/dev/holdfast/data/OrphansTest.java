package dev.holdfast.data;

import static dev.holdfast.ledger.Samples.app;
import static dev.holdfast.ledger.Samples.bind;
import static dev.holdfast.ledger.Samples.container;
import static dev.holdfast.ledger.Samples.foreign;
import static dev.holdfast.ledger.Samples.givenUp;
import static dev.holdfast.ledger.Samples.ledger;
import static dev.holdfast.ledger.Samples.live;
import static dev.holdfast.ledger.Samples.mount;
import static dev.holdfast.ledger.Samples.seenPath;
import static dev.holdfast.ledger.Samples.seenVolume;
import static dev.holdfast.ledger.Samples.survey;
import static dev.holdfast.ledger.Samples.task;
import static dev.holdfast.ledger.Samples.volume;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.app.Repository;
import dev.holdfast.ledger.Claim;
import dev.holdfast.ledger.Ledger;
import dev.holdfast.ledger.Samples;
import dev.holdfast.live.Live;
import dev.holdfast.live.Mount;
import dev.holdfast.survey.Survey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class OrphansTest {

    private static final Live IDLE = live(List.of());

    @Test
    void aClaimThatNobodyDeclaresIsAnOrphanWithItsStory() {
        var orphan = only(orphans(
                        ledger(givenUp(volume("db-data"))),
                        Set.of(),
                        survey(List.of(seenVolume("db-data")), List.of()),
                        IDLE)
                .known(sha -> Optional.of(new CommitLookup.About("Ann", "Remove " + sha))));
        assertThat(orphan.presence()).isEqualTo(Orphan.Presence.PRESENT);
        assertThat(orphan.lastSeen()).isEqualTo(Samples.NOW);
        assertThat(orphan.sizeBytes()).isEqualTo(4096);
        assertThat(orphan.author()).isEqualTo("Ann");
        assertThat(orphan.subject()).isEqualTo("Remove abc123");
        assertThat(orphan.cleanup()).isEqualTo("docker volume rm db-data");
        assertThat(orphan.withheld()).isNull();
        assertThat(orphan.takeBack()).isEqualTo("""
            git revert abc123
            or write in the file of an app:
            persistent:
              node: worker-1
              directories:
                - volume: db-data
                  target: /data\
            """);
    }

    @Test
    void aDeclaredClaimIsNoOrphan() {
        var claim = volume("db-data");
        assertThat(of(ledger(claim), Set.of(claim.key()), Survey.NONE, IDLE)).isEmpty();
    }

    @Test
    void unknownIsNeverTakenForGone() {
        var ledger = ledger(volume("db-data"), bind("/srv/db"));
        assertThat(of(ledger, Set.of(), Survey.NONE, IDLE))
                .extracting(Orphan::presence)
                .containsExactly(Orphan.Presence.UNKNOWN, Orphan.Presence.UNKNOWN);
        var pathNotTold = survey(List.of(), List.of());
        assertThat(only(of(ledger(bind("/srv/db")), Set.of(), pathNotTold, IDLE))
                        .presence())
                .isEqualTo(Orphan.Presence.UNKNOWN);
    }

    @Test
    void whatIsGoneLeavesTheListAndComesBackWithAll() {
        var ledger = ledger(volume("db-data"), bind("/srv/db"));
        var empty = survey(List.of(), List.of(seenPath("/srv/db", "absent", "")));
        assertThat(of(ledger, Set.of(), empty, IDLE)).isEmpty();
        assertThat(orphans(ledger, Set.of(), empty, IDLE).withGone(CommitLookup.NONE))
                .extracting(Orphan::presence)
                .containsExactly(Orphan.Presence.GONE, Orphan.Presence.GONE);
    }

    @Test
    void aVolumeThatAServiceOutsideHoldfastUsesIsLeftOut() {
        var other = foreign("prod_db", mount("volume", "db-data", "/x", false));
        assertThat(of(ledger(volume("db-data")), Set.of(), Survey.NONE, live(List.of(other))))
                .isEmpty();
    }

    @Test
    void noCommandIsGivenWhileALiveClaimLiesInsideOrAbove() {
        var inside = bind("/srv/db/backups");
        var above = bind("/srv");
        var orphan = bind("/srv/db");
        for (var other : List.of(inside, above)) {
            var found = only(of(ledger(orphan, other), Set.of(other.key()), Survey.NONE, IDLE));
            assertThat(found.cleanup()).isNull();
            assertThat(found.withheld()).contains(other.name());
        }
        var beside = bind("/srv/db2");
        assertThat(only(of(ledger(orphan, beside), Set.of(beside.key()), Survey.NONE, IDLE))
                        .cleanup())
                .isEqualTo("rm -rf -- /srv/db");
    }

    @Test
    void noCommandIsGivenWhileALinkLeadsALiveClaimThere() {
        var linked = bind("/data/link");
        var seen = survey(
                List.of(),
                List.of(
                        seenPath("/srv/db", "directory", "/srv/db"),
                        seenPath("/data/link", "directory", "/srv/db/sub")));
        assertThat(only(of(ledger(bind("/srv/db"), linked), Set.of(linked.key()), seen, IDLE))
                        .withheld())
                .contains("/data/link");
    }

    @Test
    void noCommandIsGivenWhileATaskOrContainerMountsIt() {
        var running = app("db", mount("volume", "db-data", "/data", false));
        assertThat(only(of(ledger(volume("db-data")), Set.of(), Survey.NONE, live(List.of(running))))
                        .withheld())
                .contains("service db");
        var goneService = live(List.of(), task("gone", "n1", "running", new Mount("bind", "/srv/db", "/x", true)));
        assertThat(only(of(ledger(bind("/srv/db")), Set.of(), Survey.NONE, goneService))
                        .withheld())
                .contains("removed service");
        var plain = survey(
                List.of(seenVolume("db-data")),
                List.of(),
                container("psql", "running", new Mount("volume", "db-data", "/x", false)));
        assertThat(only(of(ledger(volume("db-data")), Set.of(), plain, IDLE)).withheld())
                .contains("container psql");
    }

    private static final String BINDS_DB = "'VolumeOptions':{'DriverConfig':{'Name':'local','Options':"
            + "{'type':'none','o':'rw,bind','device':'/srv/db/'}}}";

    /// A live app's volume may be the directory under another name: as the node has it, as a service that has not
    /// started yet would make it, or as the repository says.
    @Test
    void noCommandIsGivenWhileAVolumeThatBindsTheDirectoryIsUsed() {
        var orphan = ledger(bind("/srv/db"));
        var web = app("web", mount("volume", "disk", "/x", false));
        var made = new Survey.Volume(
                "disk",
                "2026-01-01T00:00:00Z",
                "local",
                Map.of("type", "none", "o", "bind", "device", "/srv/db"),
                Map.of(),
                null);
        var seen = survey(List.of(made), List.of(seenPath("/srv/db", "directory", "/srv/db")));
        var told = only(of(orphan, Set.of(), seen, live(List.of(web))));
        assertThat(told.cleanup()).isNull();
        assertThat(told.withheld()).isEqualTo("service web uses volume disk, which is /srv/db");

        var stopped = app("web", "{'Type':'volume','Source':'disk','Target':'/x'," + BINDS_DB + "}");
        assertThat(only(of(orphan, Set.of(), Survey.NONE, live(List.of(stopped))))
                        .withheld())
                .isEqualTo("service web uses volume disk, which is /srv/db");

        var declared = new Repository.Volume(
                "local", Map.of("type", "none", "o", "bind", "device", "/srv/db/sub"), Map.of(), false);
        var volume = volume("disk");
        var places = new RealPaths(Survey.NONE, Map.of("disk", declared));
        var ledger = ledger(bind("/srv/db"), volume);
        assertThat(only(new Orphans(ledger, Set.of(volume.key()), List.of(), places, IDLE).known(CommitLookup.NONE))
                        .withheld())
                .isEqualTo("app db uses volume disk, which is /srv/db/sub");
    }

    @Test
    void noCommandIsGivenForAVolumeWhoseDataIsUsedUnderAnotherName() {
        var orphan = ledger(volume("disk"));
        var made = new Survey.Volume(
                "disk", "now", "local", Map.of("type", "none", "o", "bind", "device", "/srv/db"), Map.of(), null);
        var seen = survey(List.of(made), List.of());
        var direct = app("web", mount("bind", "/srv/db", "/x", false));
        assertThat(only(of(orphan, Set.of(), seen, live(List.of(direct)))).withheld())
                .isEqualTo("service web uses /srv/db");
        for (var path : List.of("/var/lib/docker/volumes/disk/_data/sub", "/var/lib/docker/volumes/disk")) {
            var files = app("web", mount("bind", path, "/x", false));
            assertThat(only(of(orphan, Set.of(), Survey.NONE, live(List.of(files))))
                            .withheld())
                    .isEqualTo("service web uses " + path + ", which is disk");
        }
        var tool = foreign("portainer", mount("bind", "/var/lib/docker/volumes", "/x", false));
        assertThat(only(of(orphan, Set.of(), Survey.NONE, live(List.of(tool)))).cleanup())
                .as("who administers all volumes has none of them")
                .isNotNull();
        var twins = survey(List.of(disk("disk"), disk("twin")), List.of());
        var twin = app("web", mount("volume", "twin", "/x", false));
        assertThat(only(of(orphan, Set.of(), twins, live(List.of(twin)))).withheld())
                .isEqualTo("service web uses volume twin, which is /dev/sdb1");
    }

    private static Survey.Volume disk(String name) {
        return new Survey.Volume(name, "now", "local", Map.of("type", "ext4", "device", "/dev/sdb1"), Map.of(), null);
    }

    @Test
    void noCommandIsGivenWhileAFolderAboveIsALinkToTheData() {
        var seen = survey(List.of(), List.of(seenPath("/srv/link", "link", "/srv/real")));
        var web = app("web", mount("bind", "/srv/link/db/../db", "/x", false));
        assertThat(only(of(ledger(bind("/srv/real/db")), Set.of(), seen, live(List.of(web))))
                        .withheld())
                .isEqualTo("service web uses /srv/link/db/../db, which is /srv/real/db");
    }

    @Test
    void noCommandIsGivenForWhatIsOnlyStopped() {
        var orphan = ledger(bind("/srv/db"));
        var exited = container("compose-db-1", "exited", new Mount("bind", "/srv/db", "/x", false));
        assertThat(only(of(orphan, Set.of(), survey(List.of(), List.of(), exited), IDLE))
                        .withheld())
                .isEqualTo("it is used by container compose-db-1 (exited)");
        var mounts = mount("bind", "/srv/db", "/x", false);
        var before = Samples.spec("web", mounts, "'dev.holdfast.cluster':'default'");
        var now = Samples.spec("web", "", "'dev.holdfast.cluster':'default'");
        var web = Samples.service(
                "web", "{'Spec':" + now + ",'PreviousSpec':" + before + ",'UpdateStatus':{'State':'paused'}}");
        assertThat(only(of(orphan, Set.of(), Survey.NONE, live(List.of(web)))).withheld())
                .contains("service web", "unfinished update");
        var done = Samples.service(
                "web", "{'Spec':" + now + ",'PreviousSpec':" + before + ",'UpdateStatus':{'State':'completed'}}");
        assertThat(only(of(orphan, Set.of(), Survey.NONE, live(List.of(done)))).cleanup())
                .isNotNull();
    }

    @Test
    void noCommandIsGivenForWhatAnAppOfAnotherClusterOwns() {
        var other = Ledger.empty("blue", "a2V5").withClaims(List.of(bind("/srv/db"), givenUp(volume("db-data"))));
        var ours = ledger(bind("/srv/db"), volume("db-data"));
        var places = new RealPaths(Survey.NONE, Map.of());
        assertThat(new Orphans(ours, Set.of(), List.of(other), places, IDLE).known(CommitLookup.NONE))
                .extracting(Orphan::withheld)
                .containsExactly(null, "it is used by app db of cluster blue");
    }

    @Test
    void aMonitorThatLooksAtTheWholeDiskIsNotInTheWay() {
        var seen = survey(
                List.of(),
                List.of(seenPath("/srv/db", "directory", "/srv/db")),
                container("node-exporter", "running", new Mount("bind", "/", "/host", true)));
        assertThat(only(of(ledger(bind("/srv/db")), Set.of(), seen, IDLE)).cleanup())
                .isNotNull();
    }

    @Test
    void noCommandIsGivenForWhatIsNearTheRoot() {
        assertThat(only(of(ledger(bind("/srv")), Set.of(), Survey.NONE, IDLE)).cleanup())
                .isNull();
        var link = survey(List.of(), List.of(seenPath("/srv/db", "directory", "/srv")));
        assertThat(only(of(ledger(bind("/srv/db")), Set.of(), link, IDLE)).cleanup())
                .isNull();
        var engine = survey(List.of(), List.of(seenPath("/var/lib", "directory", "/var/lib")));
        assertThat(only(of(ledger(bind("/var/lib")), Set.of(), engine, IDLE)).cleanup())
                .isNull();
    }

    @Test
    void commandsAreQuotedForAShell() {
        assertThat(only(of(ledger(bind("/srv/it's; rm -rf $HOME")), Set.of(), Survey.NONE, IDLE))
                        .cleanup())
                .isEqualTo("rm -rf -- '/srv/it'\\''s; rm -rf $HOME'");
    }

    @Test
    void unownedVolumesAreThoseThatNothingUsesOrKnows() {
        var seen = survey(
                List.of(seenVolume("known"), seenVolume("used"), seenVolume("held"), seenVolume("left")),
                List.of(),
                container("old", "exited"),
                container("c", "paused", new Mount("volume", "held", "/x", false)));
        var live = live(List.of(foreign("web", mount("volume", "used", "/x", false))));
        assertThat(orphans(ledger(volume("known")), Set.of(), seen, live).unowned())
                .extracting(orphan -> orphan.claim().name())
                .containsExactly("left");
    }

    /// The bound is wide, for busy machines; it rules out work that grows with the square of the number of claims.
    @Test
    void tenThousandClaimsAreReportedInAMoment() {
        var claims = new ArrayList<Claim>();
        var volumes = new ArrayList<Survey.Volume>();
        for (var i = 0; i < 5_000; i++) {
            claims.add(givenUp(volume("volume-" + i)));
            claims.add(bind("/srv/team/" + i + "/data"));
            volumes.add(seenVolume("volume-" + i));
            volumes.add(seenVolume("unknown-" + i));
        }
        var ledger = ledger(claims.toArray(Claim[]::new));
        var owned = ledger.claims().stream()
                .filter(claim -> claim.givenUp() == null)
                .map(Claim::key)
                .collect(Collectors.toSet());
        var seen = survey(volumes, List.of());
        var begun = System.nanoTime();
        assertThat(of(ledger, owned, seen, IDLE)).hasSize(5_000);
        assertThat(orphans(ledger, Set.of(), seen, IDLE).unowned()).hasSize(5_000);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
    }

    private static List<Orphan> of(Ledger ledger, Set<Claim.Key> declared, Survey survey, Live live) {
        return orphans(ledger, declared, survey, live).known(CommitLookup.NONE);
    }

    private static Orphans orphans(Ledger ledger, Set<Claim.Key> declared, Survey survey, Live live) {
        return new Orphans(ledger, declared, List.of(), new RealPaths(survey, Map.of()), live);
    }

    private static Orphan only(List<Orphan> orphans) {
        assertThat(orphans).hasSize(1);
        return orphans.getFirst();
    }
}
