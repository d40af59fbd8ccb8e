package dev.holdfast.daemon;

import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.quartz.CronScheduleBuilder;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobExecutionContext;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.TriggerBuilder;
import org.quartz.impl.StdSchedulerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes runs: one at the start, one at each time of the interval, one for whoever asks, and never two at once. What
/// comes
/// while a run is going on is one more run afterwards; a time that has gone by is skipped.
public final class ReconcileSchedule implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ReconcileSchedule.class);
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final JobKey JOB = JobKey.jobKey("reconcile");
    private static final Duration GRACE = Duration.ofSeconds(20);

    /// A time that has gone by for longer than this is skipped.
    private static final Duration LATE = Duration.ofSeconds(5);

    private final Run run;
    private final Scheduler scheduler;
    private final AtomicReference<@Nullable Trigger> asked = new AtomicReference<>();
    private final Object lock = new Object();
    private @Nullable Thread running;
    private long runningSince;
    private boolean stopped;

    private ReconcileSchedule(Run run) throws SchedulerException {
        this.run = run;
        this.scheduler = scheduler();
        scheduler.setJobFactory((fired, self) -> new Tick());
    }

    public static ReconcileSchedule start(Interval interval, Run run) {
        return start(interval, run, RandomGenerator.of("L64X128MixRandom"));
    }

    static ReconcileSchedule start(Interval interval, Run run, RandomGenerator random) {
        try {
            var schedule = new ReconcileSchedule(run);
            var job = JobBuilder.newJob(Tick.class)
                    .withIdentity(JOB)
                    .storeDurably()
                    .build();
            schedule.scheduler.scheduleJob(job, trigger(interval, random));
            schedule.scheduler.start();
            schedule.runNow(Trigger.START);
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
                        .withSchedule(
                                CronScheduleBuilder.cronSchedule(expression).withMisfireHandlingInstructionDoNothing())
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
        settings.setProperty("org.quartz.jobStore.misfireThreshold", "" + LATE.toMillis());
        return new StdSchedulerFactory(settings).getScheduler();
    }

    /// Makes a run as soon as none is going on. Who asks while somebody's wish is still waiting joins it.
    public void runNow(Trigger trigger) {
        if (!asked.compareAndSet(null, trigger)) {
            return;
        }
        try {
            scheduler.triggerJob(JOB);
        } catch (SchedulerException e) {
            asked.set(null);
            LOG.debug("no run, the schedule has ended: {}", e.getMessage());
        }
    }

    /// How long the present run has been going on; zero where there is none.
    public Duration busy() {
        synchronized (lock) {
            return running == null ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - runningSince);
        }
    }

    /// Whether times still come.
    public boolean isAlive() {
        try {
            return scheduler.isStarted() && !scheduler.isShutdown() && !scheduler.isInStandbyMode();
        } catch (SchedulerException e) {
            return false;
        }
    }

    @DisallowConcurrentExecution
    private final class Tick implements Job {

        @Override
        public void execute(JobExecutionContext context) {
            var wish = asked.getAndSet(null);
            if (!begin()) {
                return;
            }
            try {
                run.reconcile(wish == null ? Trigger.SCHEDULE : wish);
            } catch (InterruptedException e) {
                LOG.info("the run was stopped");
            } catch (Throwable e) {
                // Even an Error: a tick must not end the schedule.
                LOG.error("the run failed", e);
            } finally {
                end();
            }
        }
    }

    private boolean begin() {
        synchronized (lock) {
            if (stopped) {
                return false;
            }
            running = Thread.currentThread();
            runningSince = System.nanoTime();
            return true;
        }
    }

    private void end() {
        synchronized (lock) {
            running = null;
            // Meant for the run, not for the pool's thread.
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
            if (running != null) {
                running.interrupt();
            }
            while (running != null) {
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
