package dev.holdfast.app;

import dev.holdfast.yaml.Default;
import dev.holdfast.yaml.Doc;
import dev.holdfast.yaml.Example;
import dev.holdfast.yaml.NumberForms;
import dev.holdfast.yaml.OneOf;
import dev.holdfast.yaml.PairsForms;
import dev.holdfast.yaml.Patterns;
import dev.holdfast.yaml.ReadAs;
import dev.holdfast.yaml.Refuses;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Compose's `deploy` section.
///
/// @param mode `replicated` or `global`, or `replicated-job` or `global-job` for tasks that end
/// @param replicas how many instances; null means 1
/// @param endpointMode `vip` or `dnsrr`
@Doc("How many instances run, where, and how they are replaced.")
@Refuses(RefusedKeys.class)
public record Deploy(
        @OneOf({"replicated", "global", "replicated-job", "global-job"})
        @Default("replicated")
        @Doc("replicated: a number of instances. global: one on each node. With -job: tasks that end, and run again at"
                + " each change.")
        String mode,

        @Min(value = 0, message = "must not be negative")
        @Max(value = MOST, message = TOO_MANY)
        @Doc("How many instances; 1 where absent. 0 stops the app and keeps its data.")
        @Nullable
        Integer replicas,

        @ReadAs(PairsForms.Labels.class) @Doc("Labels of the service; changing them restarts nothing.")
        Map<String, String> labels,

        @OneOf({"vip", "dnsrr"})
        @Doc("How the app's name resolves: to one virtual address, or to each task's own.")
        @Nullable
        String endpointMode,

        @Valid @Doc("On which nodes tasks may run.") Placement placement,

        @Valid @Doc("What a task may use at most, and what a node must have free for it.")
        Resources resources,

        @Valid @Doc("When a task that ended is started again.") @Nullable
        RestartPolicy restartPolicy,

        @Valid @Doc("How tasks are replaced by new ones.") @Nullable
        UpdateConfig updateConfig,

        @Valid @Doc("How tasks are replaced when an update is taken back.") @Nullable
        UpdateConfig rollbackConfig) {

    /// A manager takes memory for each at once, whether there is such a task or not (`parallelism`: 470 MB for
    /// 100,000), until it is killed for it.
    private static final int MOST = 10_000;

    private static final String TOO_MANY = "must be at most 10000: a manager takes memory for each at once";

    public static final Deploy DEFAULT =
            new Deploy("replicated", null, Map.of(), null, Placement.ANYWHERE, Resources.UNLIMITED, null, null, null);

    /// Whether it runs on each node, once or for good.
    public boolean isGlobal() {
        return mode.equals("global") || mode.equals("global-job");
    }

    /// Whether its tasks run to their end, and anew whenever anything of them is written.
    public boolean isJob() {
        return mode.endsWith("-job");
    }

    /// Where tasks may run.
    public record Placement(
            @Doc("Conditions that a node must meet, such as node.labels.disk == ssd.")
            @Example("[\"node.role == worker\"]")
            List<
                            @Pattern(
                                    regexp = Patterns.CONSTRAINT,
                                    message = "must be KEY==VALUE or KEY!=VALUE, without quotes around the value")
                            String>
                    constraints,

            @Doc("Labels over whose values tasks are spread evenly.")
            List<Preference> preferences,

            @Min(value = 0, message = "must not be negative")
            @Doc("How many instances one node may run; 0 is any number.")
            @Nullable
            Integer maxReplicasPerNode) {
        public static final Placement ANYWHERE = new Placement(List.of(), List.of(), null);
    }

    /// Spread tasks evenly over the values of a node label, such as `node.labels.zone`.
    public record Preference(
            @Doc("A node label, such as node.labels.zone.") String spread) {}

    /// What a task may use at most, and what a node must have free for it.
    public record Resources(
            @Valid @Doc("What a task may use at most.") @Nullable
            Limits limits,

            @Valid @Doc("What a node must have free for a task.") @Nullable
            Reservations reservations) {
        public static final Resources UNLIMITED = new Resources(null, null);
    }

    /// @param cpus in CPUs, such as 0.5
    /// @param memory in bytes
    /// @param pids processes
    public record Limits(
            @Doc("CPUs, such as 0.5.") @Nullable BigDecimal cpus,

            @ReadAs(NumberForms.Memory.class) @Doc("Memory, such as 512m.") @Nullable
            Long memory,

            @Min(value = 0, message = "must not be negative") @Doc("Processes.") @Nullable
            Integer pids) {}

    @Refuses(RefusedKeys.class)
    public record Reservations(
            @Doc("CPUs, such as 0.5.") @Nullable BigDecimal cpus,

            @ReadAs(NumberForms.Memory.class) @Doc("Memory, such as 512m.") @Nullable
            Long memory,

            @Doc("Countable things that the engines of the nodes advertise.")
            List<@Valid GenericResource> genericResources) {}

    public record GenericResource(@Valid DiscreteResource discreteResourceSpec) {}

    public record DiscreteResource(
            @Doc("The name that the engines advertise.") String kind,

            @Min(value = 0, message = "must not be negative") @Doc("How many.")
            long value) {}

    /// @param condition `none`, `on-failure` or `any`
    public record RestartPolicy(
            @OneOf({"none", "on-failure", "any"}) @Doc("After which ends a task is started again.") @Nullable
            String condition,

            @Doc("How long to wait before.") @Nullable Duration delay,

            @Min(value = 0, message = "must not be negative") @Doc("How often at most; 0 is any number.") @Nullable
            Integer maxAttempts,

            @Doc("The time in which attempts are counted.") @Nullable
            Duration window) {}

    /// How tasks are replaced. Null components mean Holdfast's safe choice.
    ///
    /// @param failureAction `pause`, `continue` or `rollback`
    /// @param order `stop-first` or `start-first`
    public record UpdateConfig(
            @Min(value = 0, message = "must not be negative")
            @Max(value = MOST, message = TOO_MANY)
            @Doc("How many tasks at a time; 0 is all.")
            @Nullable
            Integer parallelism,

            @Doc("How long to wait between two tasks.") @Nullable
            Duration delay,

            @OneOf({"pause", "continue", "rollback"}) @Doc("What happens when new tasks fail.") @Nullable
            String failureAction,

            @Doc("How long a new task is watched for failure.") @Nullable
            Duration monitor,

            @DecimalMin(value = "0", message = "must be from 0 to 1")
            @DecimalMax(value = "1", message = "must be from 0 to 1")
            @Doc("The share of tasks that may fail, from 0 to 1.")
            @Nullable
            Double maxFailureRatio,

            @OneOf({"stop-first", "start-first"})
            @Doc("Whether the old task is stopped before the new one starts.")
            @Nullable
            String order) {}
}
