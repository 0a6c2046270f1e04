package dev.driftledger.service;

import dev.driftledger.intake.IntakeListener;
import dev.driftledger.intake.Partitions;
import dev.driftledger.intake.Received;
import dev.driftledger.model.ClusterRef;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
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

    private final LedgerFactory ledgers;
    private final Duties duties;
    private final Watchdog watchdog;
    private final Map<Integer, Long> waitingUntil = new ConcurrentHashMap<>();
    private final Set<Integer> ours = ConcurrentHashMap.newKeySet();
    private final Map<String, Running> running = new ConcurrentHashMap<>();
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private volatile int partitionsCount = 1;

    Pipeline(LedgerFactory ledgers, Duties duties, Watchdog watchdog) {
        this.watchdog = watchdog;
        this.ledgers = ledgers;
        this.duties = duties;
    }

    /// One log that is ours to write.
    private record Running(int partition, OwnedLog log) {}

    @Override
    public @Nullable Long storedUpTo(int partition) {
        try {
            return ledgers.storedUpTo(partition);
        } catch (StoreAwayException e) {
            LOG.warnf("reading on where Kafka says partition=%d %s", partition, e.getMessage());
            return null;
        }
    }

    @Override
    public void assigned(Map<Integer, Backlog> backlogs, int partitionsCount) {
        LOG.infof("intake partitions assigned %s", backlogs.keySet());
        this.partitionsCount = partitionsCount;
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
            if (ours.contains(received.partition())) {
                byCluster
                        .computeIfAbsent(received.record().cluster().uid(), _ -> new ArrayList<>())
                        .add(received);
            }
        }
        List<Future<?>> stores = new ArrayList<>();
        byCluster.forEach((_, own) -> {
            Received first = own.getFirst();
            OwnedLog log = log(first.record().cluster(), first.partition());
            stores.add(workers.submit(() -> log.ledger().store(own)));
        });
        stores.forEach(Pipeline::await);
        records.forEach(received -> noteProgress(received.partition(), received.offset()));
    }

    @Override
    public void revoked(Set<Integer> partitions) {
        LOG.infof("intake partitions revoked %s", partitions);
        partitions.forEach(ours::remove);
        partitions.forEach(waitingUntil::remove);
        partitions.forEach(partition -> watchdog.forget(part(partition)));
        partitions.forEach(duties::stop);
        running.values()
                .removeIf(r -> {
                    boolean gone = partitions.contains(r.partition());
                    if (gone) {
                        r.log().close();
                    }
                    return gone;
                });
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
                cluster -> log(cluster, partition).ledger());
    }

    private OwnedLog log(ClusterRef cluster, int partition) {
        return running.computeIfAbsent(
                        cluster.uid(), _ -> new Running(partition, ledgers.open(cluster)))
                .log();
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

    /// Ends all work; what is under way is stored or dropped whole.
    void close() {
        running.values().forEach(r -> r.log().close());
        running.clear();
        workers.shutdown();
    }
}
