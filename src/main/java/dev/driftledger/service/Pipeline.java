package dev.driftledger.service;

import dev.driftledger.intake.IntakeListener;
import dev.driftledger.intake.Partitions;
import dev.driftledger.intake.Received;
import dev.driftledger.model.ClusterRef;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The flow of `docs/architecture.md` as one class, a method per arrow:
/// partitions come ([#assigned]) and with them the logs and duties of their clusters; records come
/// ([#received]), are decided and stored by their [ClusterLedger], and what was stored is signed
/// and published; partitions go ([#revoked]), and everything of theirs with them.
@ApplicationScoped
public class Pipeline implements IntakeListener {
    private static final Logger LOG = Logger.getLogger(Pipeline.class);
    private static final Duration ASK_AGAIN = Duration.ofSeconds(1);

    private final LedgerFactory ledgers;
    private final Duties duties;
    private final Watchdog watchdog;
    private final KnownClusters known;
    private final Map<Integer, Long> waitingUntil = new ConcurrentHashMap<>();
    private final Set<Integer> ours = ConcurrentHashMap.newKeySet();
    private final Map<String, Running> running = new HashMap<>();

    /// Never shut down: it keeps no threads, and records may come in while the channel closes.
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();

    private volatile int partitionsCount = 1;

    Pipeline(LedgerFactory ledgers, Duties duties, KnownClusters known, Watchdog watchdog) {
        this.known = known;
        this.watchdog = watchdog;
        this.ledgers = ledgers;
        this.duties = duties;
    }

    /// One log that is ours to write; null when it cannot be written.
    private record Running(int partition, @Nullable OwnedLog log) {}

    @Override
    public @Nullable Long storedUpTo(int partition) {
        try {
            return ledgers.storedUpTo(partition);
        } catch (StoreAwayException | StoreRefusedException e) {
            LOG.warnf("reading on where Kafka says partition=%d %s", partition, e.getMessage());
            return null;
        }
    }

    @Override
    public void assigned(Map<Integer, Backlog> backlogs, int partitionsCount) {
        LOG.infof("intake partitions assigned %s", backlogs.keySet());
        this.partitionsCount = partitionsCount;
        known.forget();
        backlogs.forEach(this::begin);
    }

    private void begin(int partition, Backlog backlog) {
        Long stored = backlog.stored();
        if (stored != null && stored > backlog.end()) {
            // New records would count as stored already and be lost without a word.
            String words =
                    "logs are made up to offset "
                            + stored
                            + " but the partition ends at "
                            + backlog.end()
                            + ": was the intake topic created anew? Nothing of it is recorded";
            watchdog.down(part(partition), words);
            LOG.errorf("partition=%d %s", partition, words);
            return;
        }
        ours.add(partition);
        if (backlog.isEmpty()) {
            caughtUp(partition);
        } else {
            waitingUntil.put(partition, backlog.end());
        }
    }

    private static String part(int partition) {
        return "intake partition " + partition;
    }

    @Override
    public void received(List<Received> records) {
        // By uid alone: a cluster has one log, whatever name a record gives it.
        Map<String, List<Received>> byCluster = new LinkedHashMap<>();
        for (Received received : records) {
            if (ours.contains(received.partition()) && isKnowable()) {
                Received assigned = known.assign(received);
                byCluster
                        .computeIfAbsent(assigned.record().cluster().uid(), _ -> new ArrayList<>())
                        .add(assigned);
            }
        }
        List<Future<?>> stores = new ArrayList<>();
        byCluster.forEach((uid, own) -> {
            OwnedLog log = log(known.named(uid), own.getFirst().partition());
            if (log != null) {
                stores.add(workers.submit(() -> log.ledger().store(own)));
            }
        });
        stores.forEach(Pipeline::await);
        records.forEach(received -> noteProgress(received.partition(), received.offset()));
    }

    /// Waits until it can be said whose records are whose; false when nothing is ours any more.
    private boolean isKnowable() {
        while (!ours.isEmpty()) {
            try {
                known.load();
                return true;
            } catch (StoreAwayException | StoreRefusedException e) {
                LOG.warnf("waiting for the database %s", e.getMessage());
                pause();
            }
        }
        return false;
    }

    @Override
    public void revoked(Set<Integer> partitions) {
        LOG.infof("intake partitions revoked %s", partitions);
        partitions.forEach(waitingUntil::remove);
        partitions.forEach(partition -> watchdog.forget(part(partition)));
        partitions.forEach(duties::stop);
        giveUp(partitions);
    }

    private void giveUp(Set<Integer> partitions) {
        synchronized (running) {
            ours.removeAll(partitions);
            running.entrySet()
                    .removeIf(r -> {
                        boolean gone = partitions.contains(r.getValue().partition());
                        if (gone) {
                            end(r.getKey(), r.getValue().log());
                        }
                        return gone;
                    });
        }
    }

    private void end(String cluster, @Nullable OwnedLog log) {
        if (log == null) {
            watchdog.forget(LogReport.recording(cluster));
        } else {
            log.close();
        }
    }

    private void noteProgress(int partition, long offset) {
        Long until = waitingUntil.get(partition);
        if (until != null && offset + 1 >= until && waitingUntil.remove(partition, until)) {
            caughtUp(partition);
        }
    }

    private void caughtUp(int partition) {
        duties.start(
                partition,
                uid -> Partitions.of(uid, partitionsCount) == partition,
                cluster -> ledger(cluster, partition));
    }

    private ClusterLedger ledger(ClusterRef cluster, int partition) {
        OwnedLog log = log(cluster, partition);
        if (log == null) {
            throw new IllegalStateException("nothing can be recorded of it here");
        }
        ledgers.named(cluster);
        return log.ledger();
    }

    /// The log of a cluster, begun when it is not; null when the partition is not ours any more, or
    /// when it cannot be begun, which is said once and stops nobody else.
    private @Nullable OwnedLog log(ClusterRef cluster, int partition) {
        synchronized (running) {
            if (!ours.contains(partition)) {
                return null;
            }
            return running.computeIfAbsent(cluster.uid(), _ -> begin(cluster, partition)).log();
        }
    }

    private Running begin(ClusterRef cluster, int partition) {
        try {
            return new Running(partition, ledgers.open(cluster));
        } catch (RuntimeException e) {
            LOG.errorf(e, "cannot record cluster=%s", cluster.uid());
            watchdog.down(
                    LogReport.recording(cluster.uid()),
                    "cannot begin: " + e.getMessage() + "; mend it and start again");
            return new Running(partition, null);
        }
    }

    private static void await(Future<?> store) {
        try {
            store.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while storing", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("storing failed", e.getCause());
        }
    }

    private static void pause() {
        try {
            Thread.sleep(ASK_AGAIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the database", e);
        }
    }

    /// Ends all work; what is under way is stored or dropped whole, and what comes in is left to
    /// the next start.
    void close() {
        waitingUntil.clear();
        giveUp(Set.copyOf(ours));
    }
}
