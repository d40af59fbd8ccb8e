package dev.holdfast.cli;

import dev.holdfast.app.Desired;
import dev.holdfast.app.DesiredReader;
import dev.holdfast.app.ReadOptions;
import dev.holdfast.apply.Progress;
import dev.holdfast.daemon.Daemon;
import dev.holdfast.daemon.SettingsReader;
import dev.holdfast.engine.Engine;
import dev.holdfast.engine.EngineAddress;
import dev.holdfast.engine.EngineVersion;
import dev.holdfast.git.ConfigRepository;
import dev.holdfast.git.RepositoryLocation;
import dev.holdfast.ledger.Claim;
import dev.holdfast.live.Live;
import dev.holdfast.plan.Difference;
import dev.holdfast.run.Comparison;
import dev.holdfast.run.Reconciler;
import dev.holdfast.run.RunNow;
import dev.holdfast.run.SavedPlan;
import dev.holdfast.yaml.Problem;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The program itself behind the commands.
final class RealBackend implements Backend {

    @Override
    public List<Desired> read(RepositoryLocation location, ReadOptions reading) {
        try (var repository = ConfigRepository.open(location)) {
            var source = repository.checkout().source();
            return ReadOptions.each(source, reading).stream()
                    .map(each -> DesiredReader.read(source, each))
                    .toList();
        }
    }

    @Override
    public List<Difference> compare(
            RepositoryLocation location, ReadOptions reading, String base, @Nullable String head) {
        return Comparison.each(location, reading, base, head, Clock.systemUTC());
    }

    @Override
    public EngineVersion engine(EngineAddress address) {
        try (var engine = Engine.at(address)) {
            return engine.version();
        }
    }

    @Override
    public Live live(EngineAddress address) {
        try (var engine = Engine.at(address)) {
            return Live.readWithPredefined(engine);
        }
    }

    @Override
    public Settings settings(Path file) {
        var bound = SettingsReader.read(file, System.getenv());
        var settings = bound.value();
        if (settings == null || bound.problems().stream().anyMatch(Problem::isError)) {
            throw new UsageException(
                    bound.problems().stream().map(Problem::toString).collect(Collectors.joining("\n")));
        }
        return new Settings(
                settings.location(),
                settings.repository().cluster(),
                settings.docker().address(),
                settings.keys(),
                settings.logins());
    }

    @Override
    public int daemon(Path settings) throws InterruptedException {
        return Daemon.run(settings);
    }

    @Override
    public String schema(String name) {
        return SchemaFiles.named(name);
    }

    @Override
    public Session open(Reconciler.Options options) {
        return new Running(new Reconciler(options));
    }

    private record Running(Reconciler reconciler) implements Session {

        @Override
        public Reconciler.Planned plan() throws InterruptedException {
            return reconciler.plan();
        }

        @Override
        public Reconciler.Applied apply(@Nullable SavedPlan saved, Progress progress) throws InterruptedException {
            return reconciler.apply(saved, progress);
        }

        @Override
        public RunNow.Ended run(String app, Progress progress) throws InterruptedException {
            return reconciler.run(app, progress);
        }

        @Override
        public Reconciler.Status status() {
            return reconciler.status();
        }

        @Override
        public Reconciler.Orphaned orphans(boolean survey, boolean all, boolean sizes, Progress progress)
                throws InterruptedException {
            return reconciler.orphans(survey, all, sizes, progress);
        }

        @Override
        public boolean forget(Claim.Kind kind, String name, String node) throws InterruptedException {
            return reconciler.forget(kind, name, node);
        }

        @Override
        public Reconciler.Surveyed survey(boolean sizes, Progress progress) throws InterruptedException {
            return reconciler.survey(sizes, progress);
        }

        @Override
        public void close() {
            reconciler.close();
        }
    }
}
