package dev.holdfast.daemon;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.quartz.CronScheduleBuilder;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobExecutionContext;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.quartz.impl.StdSchedulerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes runs: one at the start, one at each time of the interval, one for whoever asks, and never two at once. What
/// comes while a run is going on, or while it pauses after one that failed, is one more run afterwards.
public final class ReconcileSchedule implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ReconcileSchedule.class);
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final JobKey JOB = JobKey.jobKey("reconcile");
    private static final JobKey TAGS = JobKey.jobKey("tags");
    private static final Duration GRACE = Duration.ofSeconds(20);

    private final ReconcileRun run;
    private final Scheduler scheduler;
    private final Thread worker = Thread.ofPlatform().daemon().name("runs").unstarted(this::work);
    private final Object lock = new Object();
    private final PendingRun pending = new PendingRun(System::nanoTime);
    private volatile BooleanSupplier tagsAreFollowed = () -> false;
    private boolean running;
    private long runningSince;
    private boolean stopped;

    private ReconcileSchedule(ReconcileRun run) throws SchedulerException {
        this.run = run;
        this.scheduler = scheduler();
        scheduler.setJobFactory(
                (fired, self) -> fired.getJobDetail().getKey().equals(JOB) ? new Tick() : new TagTick());
    }

    public static ReconcileSchedule start(Interval interval, ReconcileRun run) {
        return start(interval, run, RandomGenerator.of("L64X128MixRandom"));
    }

    static ReconcileSchedule start(Interval interval, ReconcileRun run, RandomGenerator random) {
        try {
            var schedule = new ReconcileSchedule(run);
            var job = JobBuilder.newJob(Tick.class)
                    .withIdentity(JOB)
                    .storeDurably()
                    .build();
            schedule.scheduler.scheduleJob(job, trigger(interval, random));
            schedule.runNow(Cause.START);
            schedule.worker.start();
            schedule.scheduler.start();
            return schedule;
        } catch (SchedulerException e) {
            throw new IllegalStateException("the schedule could not be started: " + e.getMessage(), e);
        }
    }

    private static org.quartz.Trigger trigger(Interval interval, RandomGenerator random) {
        return switch (interval) {
            case Interval.Every(var duration) -> new JitteredTrigger("every", duration, random);
            case Interval.Cron(var expression) ->
                TriggerBuilder.newTrigger()
                        .withIdentity("cron")
                        .withSchedule(CronScheduleBuilder.cronSchedule(expression)
                                .withMisfireHandlingInstructionFireAndProceed())
                        .build();
        };
    }

    private static Scheduler scheduler() throws SchedulerException {
        var settings = new Properties();
        settings.setProperty("org.quartz.scheduler.instanceName", "holdfast-" + NUMBER.incrementAndGet());
        settings.setProperty("org.quartz.scheduler.skipUpdateCheck", "true");
        settings.setProperty("org.quartz.scheduler.makeSchedulerThreadDaemon", "true");
        settings.setProperty("org.quartz.threadPool.class", "org.quartz.simpl.SimpleThreadPool");
        settings.setProperty("org.quartz.threadPool.threadCount", "1");
        settings.setProperty("org.quartz.threadPool.makeThreadsDaemons", "true");
        settings.setProperty("org.quartz.jobStore.class", "org.quartz.simpl.RAMJobStore");
        return new StdSchedulerFactory(settings).getScheduler();
    }

    /// Besides, a run after each such time, where there is something to be looked up then.
    ///
    /// @param worth asked each time
    void lookForTags(Duration every, BooleanSupplier worth) {
        tagsAreFollowed = worth;
        var job = JobBuilder.newJob(TagTick.class).withIdentity(TAGS).build();
        try {
            scheduler.scheduleJob(job, new JitteredTrigger("tags", every, RandomGenerator.of("L64X128MixRandom")));
        } catch (SchedulerException e) {
            throw new IllegalStateException("the schedule of tags could not be started: " + e.getMessage(), e);
        }
    }

    /// Makes a run as soon as none is going on. Who asks while somebody's wish is still waiting joins it.
    public void runNow(Cause trigger) {
        synchronized (lock) {
            pending.ask(trigger);
            lock.notifyAll();
        }
    }

    /// How long the present run has been going on; zero where there is none.
    public Duration busy() {
        synchronized (lock) {
            return !running ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - runningSince);
        }
    }

    /// Whether times still come.
    public boolean isAlive() {
        try {
            return worker.isAlive() && scheduler.isStarted() && !scheduler.isShutdown() && !scheduler.isInStandbyMode();
        } catch (SchedulerException e) {
            return false;
        }
    }

    /// Only asks, and never waits: so no time of the schedule is missed.
    private final class Tick implements Job {

        @Override
        public void execute(JobExecutionContext context) {
            runNow(Cause.SCHEDULE);
        }
    }

    private final class TagTick implements Job {

        @Override
        public void execute(JobExecutionContext context) {
            if (tagsAreFollowed.getAsBoolean()) {
                runNow(Cause.SCHEDULE);
            }
        }
    }

    private void work() {
        for (var trigger = next(); trigger != null; trigger = next()) {
            var done = true;
            try {
                done = run.reconcile(trigger);
            } catch (InterruptedException e) {
                LOG.info("the run was stopped");
            } catch (Throwable e) {
                // Even an Error: a run must not end the schedule.
                LOG.error("the run failed", e);
            } finally {
                end(trigger, done);
                wakeAt(run.wake());
            }
        }
    }

    /// One more time, in place of the one that was asked for before: at once where it has passed.
    private void wakeAt(@Nullable Instant time) {
        try {
            var key = TriggerKey.triggerKey("wake");
            scheduler.unscheduleJob(key);
            if (time != null) {
                scheduler.scheduleJob(TriggerBuilder.newTrigger()
                        .withIdentity(key)
                        .forJob(JOB)
                        .startAt(Date.from(time))
                        .withSchedule(SimpleScheduleBuilder.simpleSchedule().withMisfireHandlingInstructionFireNow())
                        .build());
            }
        } catch (SchedulerException e) {
            LOG.debug("the schedule has ended: {}", e.getMessage());
        }
    }

    /// Waits for the next run that is due; null once no more are made.
    private @Nullable Cause next() {
        synchronized (lock) {
            while (!stopped) {
                var trigger = pending.take();
                if (trigger != null) {
                    running = true;
                    runningSince = System.nanoTime();
                    return trigger;
                }
                var left = pending.left();
                try {
                    // Rounded up: 0 would be for ever, and too early is only once more.
                    lock.wait(left == null ? 0 : left.toMillis() + 1);
                } catch (InterruptedException e) {
                    LOG.debug("an interrupt that was meant for a run has come after it");
                }
            }
            return null;
        }
    }

    private void end(Cause trigger, boolean done) {
        synchronized (lock) {
            running = false;
            if (done) {
                pending.succeeded();
            } else {
                pending.failed(trigger);
            }
            // Meant for the run, not for this thread.
            Thread.interrupted();
            lock.notifyAll();
        }
    }

    /// Makes no more runs, interrupts the present one and gives it time to come to an end.
    @Override
    public void close() {
        close(GRACE);
    }

    /// @return whether no run is going on any more
    boolean close(Duration grace) {
        try {
            scheduler.standby();
            return stop(grace);
        } catch (SchedulerException e) {
            LOG.debug("the schedule has ended already: {}", e.getMessage());
            return true;
        } finally {
            shutdown();
        }
    }

    private boolean stop(Duration grace) {
        var end = System.nanoTime() + grace.toNanos();
        synchronized (lock) {
            stopped = true;
            if (running) {
                worker.interrupt();
            }
            lock.notifyAll();
            while (running) {
                var left = Duration.ofNanos(end - System.nanoTime()).toMillis();
                if (left <= 0) {
                    LOG.warn("the run has not come to an end within {} s", grace.toSeconds());
                    return false;
                }
                try {
                    lock.wait(left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return false;
                }
            }
            return true;
        }
    }

    private void shutdown() {
        try {
            scheduler.shutdown(false);
        } catch (SchedulerException e) {
            LOG.debug("the schedule has ended already: {}", e.getMessage());
        }
    }
}
