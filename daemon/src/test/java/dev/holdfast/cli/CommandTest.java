package dev.holdfast.cli;

import static dev.holdfast.cli.Ran.holdfast;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.holdfast.apply.Outcome;
import dev.holdfast.engine.EngineAddress;
import dev.holdfast.engine.EngineUnreachable;
import dev.holdfast.git.GitProblem;
import dev.holdfast.git.RepositoryLocation;
import dev.holdfast.plan.AppStatus;
import dev.holdfast.plan.Hold;
import dev.holdfast.plan.HoldCode;
import dev.holdfast.plan.Plan;
import dev.holdfast.registry.LoginSources;
import dev.holdfast.report.Samples;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandTest {

    private final FakeBackend backend = new FakeBackend();

    private static Plan held() {
        var hold = new Hold("db", HoldCode.MOVES_DATA, "its data stays behind", "leave_data_on: a");
        return Samples.plan(Set.of(), List.of(), List.of(), List.of(hold), List.of());
    }

    private static Plan changed() {
        return Samples.plan(Set.of(), List.of(), Samples.plan().changes(), List.of(), List.of());
    }

    @Test
    void aPlanWithoutChangesEndsWithZero() {
        var ran = holdfast(backend, "plan", "--repo", ".");
        assertThat(ran.code()).isZero();
        assertThat(ran.out()).isEqualTo("Plan: no changes, 2 unchanged.\n");
        assertThat(ran.err()).isEmpty();
        assertThat(backend.calls).containsExactly("plan", "close");
    }

    @Test
    void changesHaveACodeOfTheirOwnOnlyWhenAskedFor() {
        backend.plan = changed();
        assertThat(holdfast(backend, "plan", "--repo", ".").code()).isZero();
        assertThat(holdfast(backend, "plan", "--repo", ".", "--detailed-exitcode")
                        .code())
                .isEqualTo(2);
    }

    @Test
    void aHoldWinsOverChangesAndAnErrorOverAHold() {
        backend.plan = held();
        assertThat(holdfast(backend, "plan", "--repo", ".", "--detailed-exitcode")
                        .code())
                .isEqualTo(3);
        backend.problems = Samples.problems();
        assertThat(holdfast(backend, "plan", "--repo", ".", "--detailed-exitcode")
                        .code())
                .isEqualTo(1);
    }

    @Test
    void warningsAndOrphansAreNoError() {
        backend.problems = List.of(Samples.problems().getLast());
        assertThat(holdfast(backend, "plan", "--repo", ".").code()).isZero();
        assertThat(holdfast(backend, "orphans", "--repo", ".").code()).isZero();
    }

    @Test
    void anAppThatFailedEndsApplyWithOneAndAHeldOneWithThree() {
        backend.outcomes = List.of(Outcome.held("db", "its data stays behind"));
        assertThat(holdfast(backend, "apply", "--repo", ".").code()).isEqualTo(3);
        backend.outcomes = List.of(
                Outcome.held("db", "its data stays behind"), Outcome.failed("web", Duration.ofSeconds(1), "boom"));
        assertThat(holdfast(backend, "apply", "--repo", ".").code()).isEqualTo(1);
    }

    @Test
    void resultsGoToStandardOutputAndProgressToStandardError() {
        var ran = holdfast(backend, "apply", "--repo", ".");
        assertThat(ran.out()).contains("Applied: 1 unchanged.").doesNotContain("ledger");
        assertThat(ran.err())
                .isEqualTo("writing the ledger\n  web: starting 1/3\n  converged web (1.5 s)\n")
                .doesNotContain("\u001b");
    }

    @Test
    void onATerminalTheLinesOfAppsInFlightAreWrittenOver() {
        var ran = Ran.with(backend, true, "apply", "--repo", ".");
        assertThat(ran.err()).contains("… web: starting 1/3").contains("\u001b[1A\u001b[2K");
    }

    @Test
    void jsonIsTheOnlyThingOnStandardOutput() {
        backend.problems = Samples.problems();
        var ran = holdfast(backend, "apply", "--repo", ".", "-o", "json");
        assertThat(ran.out()).startsWith("{\n  \"format\" : 1,").endsWith("}\n");
    }

    @Test
    void optionsReachTheRun() {
        holdfast(
                backend,
                "apply",
                "--repo",
                "x",
                "--ref",
                "main",
                "--path",
                "prod",
                "--docker-host",
                "unix:///s",
                "--retry",
                "a",
                "--retry",
                "b",
                "--allow-removals",
                "--take-over");
        assertThat(backend.asked().repository()).isEqualTo(new RepositoryLocation.Local(Path.of("x"), "main", "prod"));
        assertThat(backend.asked().engine().host()).isEqualTo("unix:///s");
        assertThat(backend.asked().retry()).containsExactlyInAnyOrder("a", "b");
        assertThat(backend.asked().allowRemovals()).isTrue();
        assertThat(backend.asked().takeOver()).isTrue();
    }

    @Test
    void theEngineIsTheOneAskedForElseTheEnvironmentsElseTheSettings() {
        var configured = EngineAddress.plain("unix:///settings");
        var elsewhere = Map.of("DOCKER_HOST", "unix:///environment", "DOCKER_CONFIG", "/no/such/folder");
        var nowhere = Map.of("DOCKER_HOST", "", "DOCKER_CONFIG", "/no/such/folder");
        assertThat(SourceOptions.engine("unix:///asked", configured, elsewhere).host())
                .isEqualTo("unix:///asked");
        assertThat(SourceOptions.engine(null, configured, elsewhere).host()).isEqualTo("unix:///environment");
        assertThat(SourceOptions.engine(null, configured, nowhere)).isSameAs(configured);
        assertThat(SourceOptions.engine(null, null, nowhere).host()).isEqualTo("unix:///var/run/docker.sock");
    }

    @Test
    void settingsSayWhichRepositoryWhereNoneIsNamed() {
        var location = new RepositoryLocation.Local(Path.of("y"), null, ".");
        backend.settings = new Backend.Settings(
                location,
                "staging",
                EngineAddress.plain("unix:///from-settings"),
                dev.holdfast.sops.KeyPlaces.NONE,
                LoginSources.ofClient(Map.of()));
        assertThat(holdfast(backend, "plan", "--config", "d.yaml").code()).isZero();
        assertThat(backend.calls).contains("settings d.yaml");
        assertThat(backend.asked().repository()).isEqualTo(location);
        assertThat(backend.asked().reading().cluster()).isEqualTo("staging");
        assertThat(holdfast(backend, "plan", "--config", "d.yaml", "--cluster", "production")
                        .code())
                .isZero();
        assertThat(backend.asked().reading().cluster()).isEqualTo("production");
    }

    @Test
    void aRepositoryThatIsNotNamedIsWrongUsage() {
        assertThat(holdfast(backend, "plan", "--ref", "main").code()).isEqualTo(64);
        assertThat(holdfast(backend, "plan", "--repo", ".", "--config", "x").code())
                .isEqualTo(64);
    }

    @Test
    void wrongUsageEndsWith64AndASuggestion() {
        var command = holdfast(backend, "aply");
        assertThat(command.code()).isEqualTo(64);
        assertThat(command.err()).contains("apply").contains("--help");
        var option = holdfast(backend, "plan", "--rep", ".");
        assertThat(option.code()).isEqualTo(64);
        assertThat(option.err()).contains("--repo");
        assertThat(holdfast(backend).code()).isEqualTo(64);
        assertThat(holdfast(backend, "plan", "--repo", ".", "-o", "xml").code()).isEqualTo(64);
        assertThat(holdfast(backend, "plan", "--repo", ".", "-o", "github").code())
                .isEqualTo(64);
        assertThat(holdfast(backend, "schema", "nonsense").code()).isEqualTo(64);
        assertThat(holdfast(backend, "orphans", "forget", "disk", "a", "b").code())
                .isEqualTo(64);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "validate",
                "plan",
                "apply",
                "status",
                "orphans",
                "survey",
                "import",
                "daemon",
                "schema",
                "version"
            })
    void everyCommandHasHelpWithAnExample(String command) {
        var ran = holdfast(backend, command, "--help");
        assertThat(ran.code()).isZero();
        assertThat(ran.out()).contains("Example").contains("  holdfast " + command);
        assertThat(holdfast(backend, "--help").out()).contains("  " + command);
    }

    @Test
    void validateReportsAllProblemsAndAnnotatesForWorkflows() {
        backend.problems = Samples.problems();
        var ran = holdfast(backend, "validate", "somewhere");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).contains("apps/db.yaml:12:7: persistent.directories[1].host: must be");
        assertThat(ran.err()).contains("2 errors, 1 warning");
        assertThat(holdfast(backend, "validate", "-o", "github").out()).startsWith("::error file=apps/db.yaml,line=12");
    }

    @Test
    void whatIsOutOfReachIsSaidInOneLine() {
        backend.failure = new EngineUnreachable(503, "no engine at unix:///x: no such file");
        var engine = holdfast(backend, "plan", "--repo", ".");
        assertThat(engine.code()).isEqualTo(1);
        assertThat(engine.err()).isEqualTo("holdfast: no engine at unix:///x: no such file\n");
        backend.failure = new GitProblem("there is no branch \"x\"");
        var git = holdfast(backend, "plan", "--repo", ".");
        assertThat(git.code()).isEqualTo(1);
        assertThat(git.err()).isEqualTo("holdfast: there is no branch \"x\"\n");
        assertThat(backend.calls).endsWith("plan", "close");
    }

    @Test
    void anAddressOrContextThatCannotBeUsedIsAnErrorOfUsageAndNoBug() {
        for (ThrowingCallable asked : List.<ThrowingCallable>of(
                () -> EngineAddress.plain("ftp://x"),
                () -> EngineAddress.ofContext(Map.of("DOCKER_CONFIG", "/nowhere", "DOCKER_CONTEXT", "gone")))) {
            backend.failure = (RuntimeException) catchThrowable(asked);
            var ran = holdfast(backend, "plan", "--repo", ".");
            assertThat(ran.code()).isEqualTo(Exit.USAGE);
            assertThat(ran.err()).startsWith("holdfast: docker ").doesNotContain("bug");
        }
    }

    @Test
    void aBugIsCalledOneAndShowsNoStackTrace() {
        backend.failure = new IllegalStateException("oops \u001b[2J");
        var ran = holdfast(backend, "plan", "--repo", ".");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("IllegalStateException: oops").contains("This is a bug");
        assertThat(ran.err()).doesNotContain("\tat ").doesNotContain("\u001b");
    }

    @Test
    void orphansLooksAtTheDisksUnlessToldNotTo() {
        holdfast(backend, "orphans", "--repo", ".", "--all", "--size");
        holdfast(backend, "orphans", "--repo", ".", "--no-survey");
        assertThat(backend.calls)
                .contains("orphans survey=true all=true sizes=true", "orphans survey=false all=false sizes=false");
    }

    @Test
    void forgettingNamesWhatWasStruckAndSaysThatTheDataStays() {
        var ran = holdfast(backend, "orphans", "forget", "bind", "/srv/a", "worker-1", "--repo", ".");
        assertThat(ran.code()).isZero();
        assertThat(ran.out()).isEqualTo("Forgotten: bind /srv/a on worker-1. Its data has not been touched.\n");
        assertThat(backend.calls).contains("forget BIND /srv/a worker-1");
        backend.forgets = false;
        assertThat(holdfast(backend, "orphans", "forget", "bind", "/srv/a", "worker-1", "--repo", ".")
                        .code())
                .isEqualTo(1);
    }

    @Test
    void statusTellsFailedFromHeld() {
        assertThat(holdfast(backend, "status", "--repo", ".").code()).isEqualTo(1);
        backend.status = backend.status.stream()
                .filter(app -> app.sync() != AppStatus.Sync.FAILED)
                .toList();
        assertThat(holdfast(backend, "status", "--repo", ".").code()).isEqualTo(3);
        backend.status = List.of();
        assertThat(holdfast(backend, "status", "--repo", ".").code()).isZero();
    }

    @Test
    void versionNamesTheEngineWhereThereIsOne() {
        assertThat(holdfast(backend, "version", "--docker-host", "unix:///x").out())
                .contains("28.5.2, API 1.51");
        var alone = holdfast(backend, "version", "--docker-host", "unix:///nobody");
        assertThat(alone.code()).isZero();
        assertThat(alone.out()).contains("none at unix:///nobody");
        assertThat(holdfast(backend, "version", "-o", "json").out()).contains("\"format\" : 1");
    }

    @Test
    void theDaemonRunsWithItsSettings() {
        assertThat(holdfast(backend, "daemon", "--config", "d.yaml").code()).isZero();
        assertThat(backend.calls).containsExactly("daemon d.yaml");
    }
}
