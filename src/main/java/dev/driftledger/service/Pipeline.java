package dev.driftledger.service;

import dev.driftledger.event.CheckpointGuard;
import dev.driftledger.intake.IntakeListener;
import dev.driftledger.intake.Partitions;
import dev.driftledger.intake.Received;
import dev.driftledger.intake.StoredOffsets;
import dev.driftledger.model.ClusterRef;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The flow of `docs/architecture.md` as one class, a method per arrow:
/// partitions come ([#assigned]) and with them the logs and duties of their clusters; records come
/// ([#received]), are decided and stored by their [ClusterLedger], and what was stored is signed
/// and published; partitions go ([#revoked]), and everything of theirs with them.
@ApplicationScoped
public class Pipeline implements IntakeListener {
    private static final Logger LOG = Logger.getLogger(Pipeline.class);
    private static final String INTAKE = "intake";
    private static final Duration ASK_AGAIN = Duration.ofSeconds(1);

    private final LedgerFactory ledgers;
    private final Duties duties;
    private final Watchdog watchdog;
    private final KnownClusters known;
    private final Map<Integer, Long> waitingUntil = new ConcurrentHashMap<>();

    /// By partition, which records Kafka deleted before every log had them.
    private final Map<Integer, String> missing = new ConcurrentHashMap<>();

    /// Our partitions, each with the number of the hand-over that brought it.
    private final Map<Integer, Long> ours = new ConcurrentHashMap<>();

    private final AtomicLong handOversCount = new AtomicLong();
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
    public @Nullable StoredOffsets storedUpTo(int partition) {
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
        StoredOffsets stored = backlog.stored();
        if (stored != null && stored.end() > backlog.end()) {
            // New records would count as stored already and be lost without a word.
            String words =
                    "logs are made up to offset "
                            + stored.end()
                            + " but the partition ends at "
                            + backlog.end()
                            + ": was the intake topic created anew? Nothing of it is recorded;"
                            + " docs/how-to/run-the-service.md, \"When the intake topic changed\","
                            + " says how logs go on in it";
            watchdog.down(part(partition), words);
            LOG.errorf("partition=%d %s", partition, words);
            return;
        }
        if (backlog.hasLost()) {
            missing.put(partition, "it has no records before offset " + backlog.next());
        }
        ours.put(partition, handOversCount.incrementAndGet());
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
    public Set<Integer> received(List<Received> records) {
        Map<Integer, Long> before = Map.copyOf(ours);
        // A key that nobody knows may have to wait for Kafka; the other partitions need not.
        Set<Integer> unknown = known.unknownPartitions(records);
        Map<Boolean, List<Received>> parts =
                records.stream()
                        .collect(Collectors.partitioningBy(r -> unknown.contains(r.partition())));
        Set<Integer> done = store(parts.getOrDefault(false, List.of()), before);
        List<Received> rest = parts.getOrDefault(true, List.of());
        if (!rest.isEmpty() && areKnowable(rest)) {
            done.addAll(store(rest, before));
        }
        return done;
    }

    /// Stores records whose clusters were looked for.
    ///
    /// @param before our partitions when they came
    /// @return the partitions that are dealt with
    private Set<Integer> store(List<Received> records, Map<Integer, Long> before) {
        // By uid alone: a cluster has one log, whatever name a record gives it.
        Map<String, List<Received>> byCluster = new LinkedHashMap<>();
        for (Received received : records) {
            if (before.containsKey(received.partition())) {
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
        Set<Integer> done = new HashSet<>();
        for (Received received : records) {
            int partition = received.partition();
            if (isStillOurs(partition, before)) {
                noteProgress(partition, received.offset());
                done.add(partition);
            }
        }
        return done;
    }

    /// False where logs were given up meanwhile, which may have left records behind: a partition is
    /// ours no more before any of its logs is given up.
    private boolean isStillOurs(int partition, Map<Integer, Long> before) {
        Long handOver = before.get(partition);
        return handOver != null && handOver.equals(ours.get(partition));
    }

    /// Waits until it can be said whose records they are; false when nothing is ours any more.
    private boolean areKnowable(List<Received> records) {
        boolean isTold = false;
        while (!ours.isEmpty()) {
            try {
                known.learn(records);
                if (isTold) {
                    watchdog.forget(INTAKE);
                }
                return true;
            } catch (StoreAwayException | StoreRefusedException | CheckpointGuard.AwayException e) {
                String why = "records wait until it is known whose they are: " + e.getMessage();
                watchdog.down(INTAKE, why);
                LOG.warn(why);
                isTold = true;
                pause();
            }
        }
        watchdog.forget(INTAKE);
        return false;
    }

    @Override
    public void revoked(Set<Integer> partitions) {
        LOG.infof("intake partitions revoked %s", partitions);
        partitions.forEach(waitingUntil::remove);
        partitions.forEach(missing::remove);
        partitions.forEach(partition -> watchdog.forget(part(partition)));
        partitions.forEach(duties::stop);
        giveUp(partitions);
    }

    private void giveUp(Set<Integer> partitions) {
        synchronized (running) {
            ours.keySet().removeAll(partitions);
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
        log.awaitRemembered();
        ledgers.named(cluster);
        return log.ledger();
    }

    /// The log of a cluster, begun when it is not; null when the partition is not ours any more, or
    /// when it cannot be begun, which is said once and stops nobody else.
    private @Nullable OwnedLog log(ClusterRef cluster, int partition) {
        synchronized (running) {
            if (!ours.containsKey(partition)) {
                return null;
            }
            return running.computeIfAbsent(cluster.uid(), _ -> begin(cluster, partition)).log();
        }
    }

    private Running begin(ClusterRef cluster, int partition) {
        try {
            return new Running(partition, ledgers.open(cluster, missing.get(partition)));
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
            throw new IllegalStateException("interrupted while records waited", e);
        }
    }

    /// Ends all work; what is under way is stored or dropped whole, and what comes in is left to
    /// the next start.
    void close() {
        waitingUntil.clear();
        giveUp(Set.copyOf(ours.keySet()));
    }
}
