package dev.holdfast.ledger;

import static dev.holdfast.ledger.Samples.NOW;
import static dev.holdfast.ledger.Samples.app;
import static dev.holdfast.ledger.Samples.givenUp;
import static dev.holdfast.ledger.Samples.ledger;
import static dev.holdfast.ledger.Samples.live;
import static dev.holdfast.ledger.Samples.mount;
import static dev.holdfast.ledger.Samples.seenPath;
import static dev.holdfast.ledger.Samples.seenVolume;
import static dev.holdfast.ledger.Samples.service;
import static dev.holdfast.ledger.Samples.spec;
import static dev.holdfast.ledger.Samples.survey;
import static dev.holdfast.ledger.Samples.task;
import static dev.holdfast.ledger.Samples.volume;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.live.Live;
import dev.holdfast.live.Mount;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClaimsOfTest {

    private static final String DATA = mount("volume", "db-data", "/data", false);

    @Test
    void volumesAndWritableBindsAreClaimsAndHostPathsAreNot() {
        var mounts = DATA + "," + mount("bind", "/srv/db", "/b", false) + ","
                + mount("bind", "/var/run/docker.sock", "/s", true) + "," + mount("volume", "", "/anonymous", false)
                + "," + mount("tmpfs", "", "/tmp", false);
        assertThat(now(live(List.of(app("db", mounts)))))
                .extracting(Claim::name)
                .containsExactly("db-data", "/srv/db");
    }

    @Test
    void aReadOnlyBindIsAClaimIfTheLabelSaysSo() {
        var labels = "'dev.holdfast.cluster':'default','dev.holdfast.claims':'node:n1,bind:/srv/a%2Cb'";
        var mounts = mount("bind", "/srv/a,b", "/a", true) + "," + mount("bind", "/etc/hosts", "/h", true);
        var service = service("web", "{'Spec':" + spec("web", mounts, labels) + "}");
        assertThat(now(live(List.of(service)))).extracting(Claim::name).containsExactly("/srv/a,b");
    }

    @Test
    void aTaskThatStillRunsElsewhereHasAClaimThere() {
        var elsewhere = task("id-db", "n2", "running", new Mount("volume", "db-data", "/data", false));
        assertThat(now(live(List.of(app("db", DATA)), elsewhere)))
                .extracting(Claim::node)
                .containsExactly("n1", "n2");
    }

    @Test
    void sharedVolumesAreNobodysClaim() {
        assertThat(ClaimsOf.live(live(List.of(app("db", DATA))), "default", "db-data"::equals))
                .isEmpty();
    }

    @Test
    void aLostLedgerGrowsBackFromServicesAndWhatTheyRanBefore() {
        var labels = "'dev.holdfast.cluster':'default','dev.holdfast.commit':'c0ffee'";
        var old = spec("db", mount("volume", "db-old", "/data", false), labels);
        var service = service("db", "{'Spec':" + spec("db", DATA, labels) + ",'PreviousSpec':" + old + "}");
        var live = live(List.of(service));
        var grown = ClaimsOf.merge(ledger(), live, name -> false, NOW);
        assertThat(grown.claims()).extracting(Claim::name).containsExactly("db-data", "db-old");
        assertThat(grown.claims().getFirst().givenUp()).isNull();
        assertThat(grown.claims().getLast().givenUp()).isEqualTo(new Claim.GivenUp(NOW, "c0ffee"));
        assertThat(ClaimsOf.merge(grown, live, name -> false, "2027-01-01T00:00:00Z"))
                .isEqualTo(grown);
    }

    @Test
    void aClaimThatWasGivenUpAndRunsAgainIsOwnedAgainWithItsIdentity() {
        var known = givenUp(volume("db-data")).withIdentity("2026-01-01T00:00:00Z");
        var merged = ClaimsOf.merge(ledger(known), live(List.of(app("db", DATA))), name -> false, NOW);
        assertThat(merged.claims()).containsExactly(volume("db-data").withIdentity("2026-01-01T00:00:00Z"));
    }

    @Test
    void ofAWriterAndAReaderTheWriterOwns() {
        var reader = app("backup", mount("volume", "db-data", "/in", true));
        var merged = ClaimsOf.merge(ledger(), live(List.of(reader, app("db", DATA))), name -> false, NOW);
        assertThat(merged.claims()).extracting(Claim::app).containsExactly("db");
    }

    @Test
    void identitiesAreFilledOnceAndNeverReplaced() {
        var seen = survey(List.of(seenVolume("db-data")), List.of(seenPath("/srv/db", "directory", "/srv/db")));
        var known = Samples.bind("/srv/db").withIdentity("8:99");
        var filled = Identities.fill(ledger(volume("db-data"), known), seen);
        assertThat(filled.claims())
                .extracting(Claim::identity)
                .containsExactly("8:99", "2026-01-01T00:00:00Z");
        assertThat(Identities.fill(filled, Survey.NONE)).isSameAs(filled);
    }

    private static List<Claim> now(Live live) {
        return ClaimsOf.live(live, "default", name -> false);
    }
}
