package dev.driftledger.service;

import dev.driftledger.model.ClusterRef;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Starts and stops duties as partitions come and go.
///
/// A cluster's partition follows from its uid, which only the cluster knows; so each configured
/// cluster is asked until it answers, and its duty runs while its partition is ours.
@Singleton
final class Duties {
    private static final Logger LOG = Logger.getLogger(Duties.class);

    private final KnownClusters known;
    private final Watchdog watchdog;
    private final Pause pause;
    private final List<Entrusted> all = new ArrayList<>();
    private final Map<Integer, Place> places = new HashMap<>();
    private boolean closed;

    /// A partition that is ours and whose records are all stored.
    private record Place(Predicate<String> mine, Function<ClusterRef, ClusterLedger> ledgers) {}

    /// Lets some time pass before something is tried again.
    interface Pause {
        void make() throws InterruptedException;
    }

    @Inject
    Duties(DutyFactory factory, KnownClusters known, Watchdog watchdog, ServiceConfig config) {
        this(factory.duties(), known, watchdog, () -> Thread.sleep(config.retryPause()));
    }

    Duties(List<Duty> duties, KnownClusters known, Watchdog watchdog, Pause pause) {
        this.known = known;
        this.watchdog = watchdog;
        this.pause = pause;
        duties.forEach(duty -> all.add(new Entrusted(duty)));
    }

    /// Asks all clusters who they are, until they answer. Returns at once.
    synchronized void identify() {
        all.forEach(entrusted -> Thread.startVirtualThread(() -> identify(entrusted)));
    }

    /// A partition is ours and everything in it is stored: duties of its clusters may begin.
    synchronized void start(
            int partition, Predicate<String> mine, Function<ClusterRef, ClusterLedger> ledgers) {
        places.put(partition, new Place(mine, ledgers));
        all.forEach(this::startWhenOurs);
    }

    /// A partition is not ours any more. Returns at once; the duties end in the background.
    synchronized void stop(int partition) {
        Place place = places.remove(partition);
        if (place == null) {
            return;
        }
        for (Entrusted entrusted : all) {
            ClusterRef cluster = entrusted.cluster;
            if (cluster != null && place.mine().test(cluster.uid())) {
                watchdog.unwatched(cluster.uid());
                entrusted.end(() -> {});
            }
        }
    }

    /// Ends all duties and waits for them, within seconds.
    synchronized void close() {
        closed = true;
        List<Thread> ending = new ArrayList<>();
        for (Entrusted entrusted : all) {
            Thread last = entrusted.end(() -> {});
            if (last != null) {
                ending.add(last);
            }
        }
        try {
            for (Thread thread : ending) {
                thread.join(Duration.ofSeconds(6));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void identify(Entrusted entrusted) {
        String complaint = "";
        while (!isClosed()) {
            try {
                ClusterRef cluster = entrusted.duty.identify();
                known.identified(cluster);
                synchronized (this) {
                    entrusted.cluster = cluster;
                    startWhenOurs(entrusted);
                }
                return;
            } catch (IOException e) {
                String message = String.valueOf(e.getMessage());
                if (!message.equals(complaint)) {
                    LOG.warnf("will ask again: %s", message);
                    complaint = message;
                }
                pause();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private void startWhenOurs(Entrusted entrusted) {
        ClusterRef cluster = entrusted.cluster;
        if (closed || entrusted.isRunning() || cluster == null) {
            return;
        }
        for (Place place : places.values()) {
            if (place.mine().test(cluster.uid())) {
                if (entrusted.duty.isLasting()) {
                    watchdog.watched(cluster.uid());
                }
                Run run = entrusted.begin();
                Thread.startVirtualThread(() -> run(entrusted, run, place, cluster));
                return;
            }
        }
    }

    private void run(Entrusted entrusted, Run run, Place place, ClusterRef cluster) {
        LOG.infof("watching cluster=%s name=%s", cluster.uid(), cluster.name());
        try {
            if (run.before() != null) {
                run.before().join();
            }
            if (isStillThere(entrusted, run, cluster)) {
                KnownState state = place.ledgers().apply(cluster).ask(KnownState::of);
                begin(entrusted, run, state);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.warnf("will begin again cluster=%s %s", cluster.uid(), e.getMessage());
            restart(entrusted, run);
        }
    }

    /// Asks again who the cluster is before anything is said in its name. One that does not answer
    /// is taken for the one it was: the watch says that it is away.
    private boolean isStillThere(Entrusted entrusted, Run run, ClusterRef cluster)
            throws InterruptedException {
        ClusterRef now;
        try {
            now = entrusted.duty.identify();
        } catch (IOException e) {
            LOG.warnf("going on as the cluster it was: %s", e.getMessage());
            return true;
        }
        if (now.uid().equals(cluster.uid())) {
            return true;
        }
        LOG.warnf(
                "another cluster is there, the log of the former one ends name=%s was=%s is=%s",
                cluster.name(), cluster.uid(), now.uid());
        known.identified(now);
        synchronized (this) {
            if (entrusted.isRunning(run)) {
                watchdog.unwatched(cluster.uid());
                entrusted.running = null;
            }
            entrusted.cluster = now;
            startWhenOurs(entrusted);
        }
        return false;
    }

    /// Not under this object's monitor: a duty may take long to begin, and whoever hands partitions
    /// over must not wait for it. A stop that comes meanwhile waits instead.
    private void begin(Entrusted entrusted, Run run, KnownState state) {
        entrusted.acting.lock();
        try {
            if (isRunning(entrusted, run)) {
                entrusted.duty.start(state, () -> restart(entrusted, run));
            }
        } finally {
            entrusted.acting.unlock();
        }
    }

    private synchronized boolean isRunning(Entrusted entrusted, Run run) {
        return entrusted.isRunning(run);
    }

    /// Begins a duty again after a pause. Word of a run that was ended already means nothing: its
    /// partition went, and where it came back another run is under way.
    private synchronized void restart(Entrusted entrusted, Run run) {
        if (entrusted.isRunning(run)) {
            Thread ended = entrusted.end(this::pause);
            Thread.startVirtualThread(() -> beginAfter(ended, entrusted));
        }
    }

    private void beginAfter(@Nullable Thread ended, Entrusted entrusted) {
        try {
            if (ended != null) {
                ended.join();
            }
            synchronized (this) {
                startWhenOurs(entrusted);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void pause() {
        try {
            pause.make();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// One time that a duty runs.
    ///
    /// @param generation tells it from the duty's other runs
    /// @param before ends the duty's last run; a stop that came late would end this one
    private record Run(long generation, @Nullable Thread before) {}

    /// One duty and how it stands; guarded by the outer object.
    private static final class Entrusted {
        private final Duty duty;

        /// Held while the duty begins or ends, which comes after its run was decided on or ended.
        private final ReentrantLock acting = new ReentrantLock();

        private @Nullable ClusterRef cluster;
        private @Nullable Run running;
        private @Nullable Thread ending;
        private long generation;

        Entrusted(Duty duty) {
            this.duty = duty;
        }

        boolean isRunning() {
            return running != null;
        }

        boolean isRunning(Run run) {
            return running != null && running.generation() == run.generation();
        }

        Run begin() {
            Run run = new Run(++generation, ending);
            running = run;
            return run;
        }

        /// Ends the run in the background.
        ///
        /// @return the thread that does; null when nothing runs
        @Nullable Thread end(Runnable afterwards) {
            if (running == null) {
                return null;
            }
            running = null;
            Thread last =
                    Thread.startVirtualThread(() -> {
                        stop();
                        afterwards.run();
                    });
            ending = last;
            return last;
        }

        private void stop() {
            acting.lock();
            try {
                duty.stop();
            } finally {
                acting.unlock();
            }
        }
    }
}
