package dev.driftledger.service;

import dev.driftledger.model.ClusterRef;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    private static final Duration ASK_AGAIN = Duration.ofSeconds(3);

    private final List<Entrusted> all = new ArrayList<>();
    private final Map<Integer, Place> places = new HashMap<>();
    private boolean closed;

    /// A partition that is ours and whose records are all stored.
    private record Place(Predicate<String> mine, Function<ClusterRef, ClusterLedger> ledgers) {}

    Duties(DutyFactory factory) {
        for (Duty duty : factory.duties()) {
            all.add(new Entrusted(duty));
        }
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
            if (entrusted.running && cluster != null && place.mine().test(cluster.uid())) {
                entrusted.running = false;
                entrusted.ending = Thread.startVirtualThread(entrusted.duty::stop);
            }
        }
    }

    /// Ends all duties and waits for them, within seconds.
    synchronized void close() {
        closed = true;
        List<Thread> ending = new ArrayList<>();
        for (Entrusted entrusted : all) {
            if (entrusted.running) {
                entrusted.running = false;
                ending.add(Thread.startVirtualThread(entrusted.duty::stop));
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
        if (closed || entrusted.running || cluster == null) {
            return;
        }
        for (Place place : places.values()) {
            if (place.mine().test(cluster.uid())) {
                entrusted.running = true;
                Thread before = entrusted.ending;
                Thread.startVirtualThread(() -> run(entrusted, before, place, cluster));
                return;
            }
        }
    }

    /// @param before ends the duty's last time here; a stop that came late would end this one
    private void run(
            Entrusted entrusted, @Nullable Thread before, Place place, ClusterRef cluster) {
        LOG.infof("watching cluster=%s name=%s", cluster.uid(), cluster.name());
        try {
            if (before != null) {
                before.join();
            }
            KnownState known = place.ledgers().apply(cluster).ask(KnownState::of);
            synchronized (this) {
                if (entrusted.running) {
                    entrusted.duty.start(known, () -> restart(entrusted));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.warnf("will begin again cluster=%s %s", cluster.uid(), e.getMessage());
            restart(entrusted);
        }
    }

    private void restart(Entrusted entrusted) {
        Thread.startVirtualThread(() -> {
            entrusted.duty.stop();
            pause();
            synchronized (this) {
                entrusted.running = false;
                startWhenOurs(entrusted);
            }
        });
    }

    private static void pause() {
        try {
            Thread.sleep(ASK_AGAIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// One duty and how it stands; guarded by the outer object.
    private static final class Entrusted {
        private final Duty duty;
        private @Nullable ClusterRef cluster;
        private boolean running;
        private @Nullable Thread ending;

        Entrusted(Duty duty) {
            this.duty = duty;
        }
    }
}
