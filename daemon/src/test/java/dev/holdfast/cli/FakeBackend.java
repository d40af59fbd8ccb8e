package dev.holdfast.cli;

import dev.holdfast.app.Desired;
import dev.holdfast.app.ReadOptions;
import dev.holdfast.app.Repository;
import dev.holdfast.apply.Outcome;
import dev.holdfast.apply.Progress;
import dev.holdfast.data.Orphan;
import dev.holdfast.engine.EngineAddress;
import dev.holdfast.engine.EngineUnreachable;
import dev.holdfast.engine.EngineVersion;
import dev.holdfast.git.RepositoryLocation;
import dev.holdfast.ledger.Claim;
import dev.holdfast.live.Live;
import dev.holdfast.plan.AppStatus;
import dev.holdfast.plan.Difference;
import dev.holdfast.plan.Plan;
import dev.holdfast.report.Samples;
import dev.holdfast.run.Reconciler;
import dev.holdfast.run.RunNow;
import dev.holdfast.run.SavedPlan;
import dev.holdfast.survey.Survey;
import dev.holdfast.yaml.Problem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Answers with what a test has put in, and remembers what it was asked.
final class FakeBackend implements Backend, Backend.Session {

    List<Problem> problems = List.of();
    Plan plan = Samples.emptyPlan();
    List<Outcome> outcomes = List.of(Outcome.unchanged("web"));
    List<AppStatus> status = Samples.status();
    List<Orphan> orphans = Samples.orphans();
    int ignored;
    boolean forgets = true;

    @Nullable
    RuntimeException failure;

    Reconciler.@Nullable Options options;

    @Nullable
    Settings settings;

    final List<String> calls = new ArrayList<>();

    private void called(String call) {
        calls.add(call);
        if (failure != null) {
            throw failure;
        }
    }

    Reconciler.Options asked() {
        return Objects.requireNonNull(options);
    }

    private Desired desired() {
        return new Desired(Repository.EMPTY, List.of(), problems, Set.of(), Map.of(), true, Set.of());
    }

    private Reconciler.Planned planned() {
        var version = new EngineVersion("28.5.2", "1.51");
        var live = new Live("swarm", version, List.of(), List.of(), List.of(), List.of(), List.of(), List.of());
        return new Reconciler.Planned(plan.commit(), false, desired(), live, plan);
    }

    @Override
    public List<Desired> read(RepositoryLocation location, ReadOptions reading) {
        called("read " + location);
        return List.of(desired());
    }

    @Override
    public List<Difference> compare(
            RepositoryLocation location, ReadOptions reading, String base, @Nullable String head) {
        called("compare " + base + " " + head);
        return List.of(new Difference(base, head == null ? "worktree" : head, plan, problems, 0));
    }

    @Override
    public EngineVersion engine(EngineAddress address) {
        if (address.host().contains("nobody")) {
            throw new EngineUnreachable(503, "no engine at " + address);
        }
        return new EngineVersion("28.5.2", "1.51");
    }

    @Override
    public Live live(EngineAddress address) {
        return planned().live();
    }

    @Override
    public Settings settings(Path file) {
        called("settings " + file);
        if (settings == null) {
            throw new UsageException("no settings at " + file);
        }
        return settings;
    }

    @Override
    public Session open(Reconciler.Options asked) {
        options = asked;
        return this;
    }

    @Override
    public int daemon(Path file) {
        called("daemon " + file);
        return Exit.DONE;
    }

    @Override
    public String schema(String name) {
        return SchemaFiles.named(name);
    }

    @Override
    public Reconciler.Planned plan() {
        called("plan");
        return planned();
    }

    @Override
    public Reconciler.Applied apply(@Nullable SavedPlan saved, Progress progress) {
        called("apply");
        progress.step("writing the ledger");
        progress.app("web", "starting 1/3");
        progress.outcome(Outcome.converged("web", Duration.ofMillis(1500)));
        return new Reconciler.Applied(planned(), outcomes);
    }

    @Override
    public RunNow.Ended run(String app, Progress progress) {
        throw new UnsupportedOperationException("no runs here");
    }

    @Override
    public Reconciler.Status status() {
        called("status");
        return new Reconciler.Status("production", plan.commit(), status);
    }

    @Override
    public Reconciler.Orphaned orphans(boolean survey, boolean all, boolean sizes, Progress progress) {
        called("orphans survey=" + survey + " all=" + all + " sizes=" + sizes);
        return new Reconciler.Orphaned(orphans, ignored, List.of());
    }

    @Override
    public boolean forget(Claim.Kind kind, String name, String node) {
        called("forget " + kind + " " + name + " " + node);
        return forgets;
    }

    @Override
    public Reconciler.Surveyed survey(boolean sizes, Progress progress) {
        called("survey sizes=" + sizes);
        return new Reconciler.Surveyed(List.of(), Survey.NONE);
    }

    @Override
    public void close() {
        calls.add("close");
    }
}
