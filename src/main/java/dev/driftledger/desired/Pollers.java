package dev.driftledger.desired;

import dev.driftledger.intake.IntakeSink;
import dev.driftledger.model.ApplicationId;
import dev.driftledger.model.ClusterRef;
import dev.driftledger.model.RecorderConfig;
import dev.driftledger.model.Redaction;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;
import org.eclipse.jgit.lib.ObjectId;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Runs one poller for each configured source of each cluster that this instance owns, each in a
/// thread of its own, so that a broken source stops only itself. Safe for several threads.
public final class Pollers implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Pollers.class);
    private static final Duration STOP_WAIT = Duration.ofSeconds(5);

    private final DesiredConfig config;
    private final IntakeSink sink;
    private final SourceReader.Rules rules;
    private final InstantSource clock;
    private final GitMirrors mirrors;
    private final Semaphore turns;
    private final Map<String, List<Thread>> threads = new HashMap<>();

    /// @param sink where what is desired is sent
    /// @param redaction of the deployment, the same that the watchers use
    public Pollers(
            DesiredConfig config, IntakeSink sink, Redaction redaction, InstantSource clock) {
        this.config = config;
        this.sink = sink;
        this.rules =
                new SourceReader.Rules(
                        redaction,
                        SourceLimits.of(config),
                        Set.copyOf(config.clusterScopedKinds().orElse(List.of())));
        this.clock = clock;
        this.mirrors = new GitMirrors(config);
        this.turns = new Semaphore(config.parallelMax(), true);
    }

    /// Begins to follow the sources of a cluster; those followed before for it are stopped first.
    ///
    /// @param heads by application, the newest commit that is recorded, so that a history that was
    ///     rewritten meanwhile is noticed
    public void start(
            ClusterRef cluster, RecorderConfig recorderConfig, Map<ApplicationId, String> heads) {
        stop(cluster);
        List<Thread> before;
        synchronized (this) {
            List<Thread> started = new ArrayList<>();
            for (RecorderConfig.Application application : recorderConfig.applications()) {
                ObjectId recorded = commit(heads.get(application.id()));
                started.add(
                        Thread.ofVirtual()
                                .name("source " + application.id().id())
                                .start(() -> follow(cluster, application, recorded)));
            }
            before = threads.put(cluster.uid(), started);
        }
        end(before);
    }

    private static @Nullable ObjectId commit(@Nullable String id) {
        return id != null && ObjectId.isId(id) ? ObjectId.fromString(id) : null;
    }

    /// Ends the following of a cluster's sources; returns when their threads have ended or after a
    /// few seconds. Nobody else is kept waiting meanwhile.
    public void stop(ClusterRef cluster) {
        List<Thread> ended;
        synchronized (this) {
            ended = threads.remove(cluster.uid());
        }
        end(ended);
    }

    @Override
    public void close() {
        List<Thread> all = new ArrayList<>();
        synchronized (this) {
            threads.values().forEach(all::addAll);
            threads.clear();
        }
        end(all);
        mirrors.close();
    }

    private static void end(@Nullable List<Thread> ended) {
        if (ended == null) {
            return;
        }
        ended.forEach(Thread::interrupt);
        try {
            for (Thread thread : ended) {
                thread.join(STOP_WAIT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow(
            ClusterRef cluster,
            RecorderConfig.Application application,
            @Nullable ObjectId recorded) {
        BackOff backOff = new BackOff(config.pollInterval(), config.backOffMax());
        RandomGenerator random = RandomGenerator.getDefault();
        int failuresCount = 0;
        GitSource source = new GitSource(cluster, application, rules, mirrors, turns);
        SourcePoller poller = new SourcePoller(cluster, application, source, sink, clock, recorded);
        try {
            while (!Thread.currentThread().isInterrupted()) {
                failuresCount = look(poller, application) ? 0 : failuresCount + 1;
                Thread.sleep(backOff.after(failuresCount, random));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // asked to stop; nothing is left to do
        }
    }

    private static boolean look(SourcePoller poller, RecorderConfig.Application application)
            throws InterruptedException {
        try {
            return poller.poll();
        } catch (SourcePoller.SinkException e) {
            LOG.warnf(e, "intake took no record application=%s", application.id().id());
            return false;
        } catch (RuntimeException e) {
            LOG.errorf(e, "source failed unexpectedly application=%s", application.id().id());
            return false;
        }
    }
}
