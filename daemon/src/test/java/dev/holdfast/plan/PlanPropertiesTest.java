package dev.holdfast.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.app.Desired.DeclaredApp;
import dev.holdfast.data.ClaimsLabel;
import dev.holdfast.data.EachNode;
import dev.holdfast.data.Possession;
import dev.holdfast.data.Source;
import dev.holdfast.ledger.Claim;
import dev.holdfast.live.Labels;
import dev.holdfast.live.Mount;
import dev.holdfast.live.Service;
import dev.holdfast.spec.FieldChange;
import dev.holdfast.spec.StoppedLabel;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// What holds for every repository, every Swarm and every history.
///
/// How many stories each property is tried with is `jqwik.tries.default`: few in `mvn test`, 400 in `mvn verify`. Each
/// story is planned some ten times, which makes tens of thousands of cases.
class PlanPropertiesTest {

    /// The same stories each time, so that a build says the same twice. Another number looks elsewhere.
    private static final String SEED = "20261124";

    @Provide
    Arbitrary<RandomStory> stories() {
        return RandomStory.any();
    }

    @Property(seed = SEED)
    void no_plan_names_a_volume_in_anything_but_a_mount(@ForAll("stories") RandomStory story) {
        story.play((world, plan) -> {
            for (var change : plan.changes()) {
                var spec = spec(change);
                if (spec != null) {
                    spec.withObject("/Labels").remove(List.of(Labels.CLAIMS, Labels.MOUNTS));
                    spec.withObject("/TaskTemplate/ContainerSpec").remove("Mounts");
                    assertThat(RandomStory.VOLUMES).noneMatch(spec.toString()::contains);
                } else {
                    assertThat(RandomStory.VOLUMES).doesNotContain(change.name());
                }
            }
        });
    }

    @Property(seed = SEED)
    void a_claim_is_in_the_ledger_before_its_service_exists(@ForAll("stories") RandomStory story) {
        story.play((world, plan) -> {
            var known = plan.ledger().claims().stream().map(Claim::key).collect(Collectors.toSet());
            for (var change : plan.changes()) {
                var spec = spec(change);
                if (spec != null) {
                    Service.lockedNode(spec).ifPresent(node -> assertThat(known).containsAll(volumes(spec, node)));
                }
            }
        });
    }

    @Property(seed = SEED)
    void no_claim_is_ever_lost(@ForAll("stories") RandomStory story) {
        var known = new HashSet<Claim.Key>();
        story.play((world, plan) -> {
            world.ledger.claims().forEach(claim -> known.add(claim.key()));
            assertThat(plan.ledger().claims()).extracting(Claim::key).containsAll(known);
        });
    }

    @Property(seed = SEED)
    void every_task_with_data_has_its_claims_in_the_ledger(@ForAll("stories") RandomStory story) {
        var world = story.play(null);
        for (var service : world.swarm.live().managed("default")) {
            var sources = ClaimsLabel.of(service.labels()).sources();
            for (var task : world.swarm.live().tasksOf(service.id())) {
                for (var source : task.isRunning() ? sources : Set.<Source>of()) {
                    assertThat(world.ledger.claim(source.on(task.nodeId())))
                            .as(service.name() + " " + source)
                            .isPresent();
                }
            }
        }
    }

    @Property(seed = SEED)
    void no_task_is_started_on_a_claim_that_another_live_task_mounts(@ForAll("stories") RandomStory story) {
        assertThat(story.play(null).swarm.violations).isEmpty();
    }

    @Property(seed = SEED)
    void no_plan_moves_an_app_away_from_its_data_without_the_acknowledgement(@ForAll("stories") RandomStory story) {
        story.play((world, plan) -> {
            var taken = new HashSet<Claim.Key>();
            for (var change : plan.changes()) {
                var spec = spec(change);
                if (spec != null && !plan.isHeld(change.app())) {
                    Service.lockedNode(spec)
                            .ifPresentOrElse(
                                    node -> taken.addAll(volumes(spec, node)),
                                    () -> world.swarm
                                            .nodes
                                            .keySet()
                                            .forEach(node -> taken.addAll(volumes(spec, node))));
                }
            }
            for (var change : plan.changes()) {
                if (change instanceof Change.UpdateService update) {
                    var old = world.swarm.live().service(update.app()).orElseThrow();
                    var node = old.lockedNode().orElse("");
                    var had = new HashSet<>(volumes((ObjectNode) old.spec(), node));
                    had.removeAll(taken);
                    had.removeIf(key -> isWrittenByAnother(world, update.app(), key));
                    var possession = Possession.of(old, volume -> false, world.swarm.live());
                    had.removeIf(possession::isOfAnother);
                    had.removeIf(key -> allows(world, update.app(), key));
                    assertThat(node.isEmpty() ? Set.of() : had).as(update.app()).isEmpty();
                }
            }
        });
    }

    @Property(seed = SEED)
    void apply_then_plan_is_empty_but_for_what_was_held_or_failed(@ForAll("stories") RandomStory story) {
        var world = story.play(null);
        var held = world.run().holds().stream().map(Hold::app).collect(Collectors.toSet());
        held.addAll(world.swarm.failing);
        assertThat(world.plan().changes()).extracting(Change::app).isSubsetOf(held);
        var settled = world.ledger;
        world.run();
        world.run();
        world.run();
        assertThat(world.plan().changes()).isEmpty();
        assertThat(settled.claims()).isNotNull();
    }

    @Property(seed = SEED)
    void the_orphans_are_exactly_the_claims_that_nobody_declares(@ForAll("stories") RandomStory story) {
        var world = story.play(null);
        var plan = world.run();
        var owned = new HashSet<Claim.Key>();
        var perhaps = new TreeSet<String>();
        for (var service : world.swarm.live().managed("default")) {
            var possession = Possession.of(service, volume -> false, world.swarm.live());
            owned.addAll(possession.keys());
            owned.addAll(EachNode.waiting(possession, world.ledger, world.swarm.live()));
        }
        var desired = world.desired();
        for (var app : desired.apps()) {
            if (plan.isHeld(app.app().name()) || !world.swarm.has(app.app().name())) {
                app.app().directories().forEach(directory -> perhaps.add(directory.source()));
            }
        }
        for (var claim : world.ledger.claims()) {
            if (owned.contains(claim.key())) {
                assertThat(claim.givenUp()).as(claim.toString()).isNull();
            } else if (desired.complete()
                    && !perhaps.contains(claim.name())
                    && plan.holds().stream().noneMatch(hold -> hold.app().equals(claim.app()))) {
                assertThat(claim.givenUp()).as(claim.toString()).isNotNull();
            }
        }
    }

    @Property(seed = SEED)
    void an_unreadable_repository_changes_nothing(@ForAll("stories") RandomStory story) {
        var world = story.play(null);
        world.file("holdfast.yaml", "cluster: [\n");
        assertThat(world.plan().changes()).isEmpty();
        assertThat(world.plan().ledger()).isEqualTo(world.ledger);
    }

    @Property(seed = SEED)
    void what_is_held_is_left_as_it_runs_or_fenced(@ForAll("stories") RandomStory story) {
        story.play((world, plan) -> {
            for (var change : plan.changes()) {
                if (plan.isHeld(change.app())) {
                    assertThat(((Change.ScaleService) change).fields())
                            .extracting(FieldChange::path)
                            .containsExactly("deploy.replicas");
                }
            }
        });
    }

    @Property(seed = SEED)
    void nothing_stays_fenced_once_all_nodes_are_back(@ForAll("stories") RandomStory story) {
        var world = story.play(null);
        for (var i = 1; i <= story.nodes(); i++) {
            world.up("n" + i);
        }
        world.run();
        world.run();
        for (var service : world.swarm.live().managed("default")) {
            var possession = Possession.of(service, volume -> false, world.swarm.live());
            var contested = possession.keys().stream().anyMatch(key -> isWrittenByAnother(world, service.name(), key));
            if (!possession.wasMovedByHand() && !contested) {
                assertThat(StoppedLabel.is(service)).as(service.name()).isFalse();
            }
        }
    }

    @Property(seed = SEED)
    void the_same_situation_gives_the_same_plan(@ForAll("stories") RandomStory story) {
        story.play((world, plan) -> assertThat(world.plan()).isEqualTo(plan));
    }

    private static @org.jspecify.annotations.Nullable ObjectNode spec(Change change) {
        return switch (change) {
            case Change.CreateService create -> create.spec().deepCopy();
            case Change.UpdateService update -> update.spec().deepCopy();
            case Change.ScaleService scale -> scale.spec().deepCopy();
            default -> null;
        };
    }

    private static List<Claim.Key> volumes(JsonNode spec, String node) {
        var claims = ClaimsLabel.read(spec.at("/Labels").path(Labels.CLAIMS).asText());
        return Mount.ofSpec(spec).stream()
                .filter(mount -> mount.isVolume() && claims.sources().contains(Source.of(mount)))
                .map(mount -> Source.of(mount).on(node))
                .toList();
    }

    private static boolean isWrittenByAnother(SimulatedCluster world, String app, Claim.Key key) {
        return world.swarm.live().services().stream()
                .filter(service ->
                        !service.name().equals(app) && service.lockedNode().equals(java.util.Optional.of(key.node())))
                .anyMatch(service -> service.mounts().stream()
                        .anyMatch(mount -> !mount.readOnly() && mount.source().equals(key.name())));
    }

    private static boolean allows(SimulatedCluster world, String app, Claim.Key key) {
        return world.desired().apps().stream()
                .map(DeclaredApp::app)
                .filter(declared -> declared.name().equals(app))
                .flatMap(declared -> Stream.ofNullable(declared.persistent()))
                .anyMatch(persistent -> persistent.leave().contains(key.name())
                        || ("w" + key.node().substring(1)).equals(persistent.leaveDataOn()));
    }
}
