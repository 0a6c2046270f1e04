package dev.driftledger.store;

import static dev.driftledger.store.StoreFixture.await;

import dev.driftledger.ledger.Checkpoint;
import dev.driftledger.ledger.Entry;
import dev.driftledger.ledger.EntryType;
import dev.driftledger.ledger.Frontier;
import dev.driftledger.ledger.Hashing;
import dev.driftledger.ledger.Integration;
import dev.driftledger.ledger.Note;
import dev.driftledger.ledger.SigningKey;
import dev.driftledger.model.ClusterRef;
import dev.driftledger.model.Digest;
import dev.driftledger.recorder.ContentBytes;
import dev.driftledger.testkit.PostgresFixture;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;

/// Durable signed entries per second against a bare batched insert of the same bytes: one
/// connection each, alternating rounds, `fsync` on. Prints the median ratio.
///
/// Ours hashes the leaves, grows the tree and appends with its projections; beside it a signer
/// reads everything back, hashes it again, signs and stores a checkpoint over what there is, as
/// in the service; a round ends when all of it is signed. The bare insert has an index and the
/// bytes. Arguments: batch size, batches per round, rounds.
public final class AppendBench {
    private static final String ORIGIN = "bench.example/log";
    private static final ClusterRef CLUSTER = new ClusterRef("bench", "bench");

    private final StoreFixture store;
    private final SigningKey key = SigningKey.generate(ORIGIN, new SecureRandom());
    private final int batchCount;
    private final int entriesCount;
    private final Semaphore stored = new Semaphore(0);
    private Frontier frontier = Frontier.EMPTY;
    private Frontier signed = Frontier.EMPTY;
    private long seq;
    private long bareId;

    private AppendBench(StoreFixture store, int entriesCount, int batchCount) {
        this.store = store;
        this.entriesCount = entriesCount;
        this.batchCount = batchCount;
    }

    /// Runs it.
    public static void main(String[] args) throws Exception {
        int entriesCount = args.length > 0 ? Integer.parseInt(args[0]) : 1024;
        int batchCount = args.length > 1 ? Integer.parseInt(args[1]) : 20;
        int roundsCount = args.length > 2 ? Integer.parseInt(args[2]) : 9;
        try (StoreFixture store = StoreFixture.start()) {
            try (java.sql.Connection owner = store.postgres().connect(PostgresFixture.OWNER);
                    java.sql.Statement sql = owner.createStatement()) {
                sql.execute("CREATE TABLE bare (id bigint PRIMARY KEY, bytes bytea NOT NULL)");
                sql.execute("GRANT SELECT, INSERT ON bare TO " + PostgresFixture.SERVICE);
            }
            new AppendBench(store, entriesCount, batchCount).run(roundsCount);
        }
        System.exit(0); // the drivers keep threads
    }

    private void run(int roundsCount) {
        await(store.logs().load(CLUSTER, ORIGIN));
        List<Double> ratios = new ArrayList<>();
        for (int round = -2; round < roundsCount; round++) {
            List<List<Entry>> work = work();
            List<List<ContentBytes>> bytes =
                    work.stream()
                            .map(batch -> batch.stream()
                                    .map(entry -> new ContentBytes(entry.bytes()))
                                    .toList())
                            .toList();
            double bare = perSecond(() -> bytes.forEach(this::bare));
            double ours = perSecond(() -> ours(work, bytes));
            System.out.printf(
                    "%s ours %,.0f/s, bare %,.0f/s, ratio %.2f%n",
                    round < 0 ? "warm-up" : "round " + round, ours, bare, ours / bare);
            if (round >= 0) {
                ratios.add(ours / bare);
            }
        }
        ratios.sort(null);
        System.out.printf(
                "%d entries a batch: median ratio %.2f, min %.2f, max %.2f%n",
                entriesCount,
                ratios.get(ratios.size() / 2),
                ratios.getFirst(),
                ratios.getLast());
    }

    private double perSecond(Runnable round) {
        long begin = System.nanoTime();
        round.run();
        return (double) entriesCount * batchCount * 1e9 / (System.nanoTime() - begin);
    }

    private List<List<Entry>> work() {
        Random random = new Random(seq);
        List<List<Entry>> work = new ArrayList<>();
        for (int i = 0; i < batchCount; i++) {
            List<Entry> batch = new ArrayList<>();
            for (int j = 0; j < entriesCount; j++) {
                batch.add(entry(random));
            }
            work.add(batch);
        }
        return work;
    }

    /// About 1 KiB, of one of 5,000 resources.
    private Entry entry(Random random) {
        byte[] noise = new byte[240];
        random.nextBytes(noise);
        long number = seq++;
        return new Entry(
                Entry.VERSION, EntryType.OBJECT_OBSERVED, "bench-" + number,
                new Entry.Source("bench", "1"), number,
                number == 0 ? null : Digest.of(noise), Instant.now(), Instant.now(), CLUSTER, null,
                Logs.deployment("d" + random.nextInt(5_000)), new TreeMap<>(),
                Logs.body().put("noise", java.util.HexFormat.of().formatHex(noise)), null, null,
                null, null);
    }

    private void bare(List<ContentBytes> batch) {
        Long[] ids = new Long[batch.size()];
        Arrays.setAll(ids, _ -> bareId++);
        Buffer[] bytes =
                batch.stream().map(b -> Buffer.buffer(b.bytes())).toArray(Buffer[]::new);
        await(store.postgres()
                .pool()
                .preparedQuery(
                        "INSERT INTO bare SELECT * FROM unnest($1::bigint[], $2::bytea[])")
                .execute(Tuple.tuple().addValue(ids).addValue(bytes)));
    }

    private void ours(List<List<Entry>> work, List<List<ContentBytes>> bytes) {
        long end = frontier.size() + (long) entriesCount * work.size();
        Thread signer = Thread.ofVirtual().start(() -> signUntil(end));
        for (int i = 0; i < work.size(); i++) {
            List<Leaf> leaves = new ArrayList<>();
            for (int j = 0; j < work.get(i).size(); j++) {
                ContentBytes content = bytes.get(i).get(j);
                leaves.add(new Leaf(work.get(i).get(j), content, Hashing.leaf(content.bytes())));
            }
            append(leaves);
            stored.release();
        }
        join(signer);
        if (!signed.equals(frontier)) {
            throw new AssertionError("what is stored has another root than what was appended");
        }
    }

    private void append(List<Leaf> leaves) {
        long first = frontier.size();
        Integration integration =
                Integration.append(frontier, leaves.stream().map(Leaf::hash).toList());
        await(store.logs()
                .append(
                        new Batch(
                                CLUSTER, 0, first - 1, first + leaves.size() - 1, first, leaves,
                                integration.completed(), new TreeMap<>(), List.of())));
        frontier = integration.frontier();
    }

    private void signUntil(long end) {
        while (signed.size() < end) {
            stored.acquireUninterruptibly();
            stored.drainPermits();
            sign();
        }
    }

    private void sign() {
        long size = await(store.logs().load(CLUSTER, ORIGIN)).size();
        List<Digest> leaves = await(store.logs().rehash(CLUSTER.uid(), signed.size(), size));
        signed = Integration.append(signed, leaves).frontier();
        Digest root = signed.root();
        String text = new Checkpoint(ORIGIN, size, root).text();
        String note =
                new String(Note.sign(text, List.of(key)).bytes(), StandardCharsets.UTF_8);
        await(store.logs()
                .saveCheckpoint(
                        CLUSTER.uid(), new StoredCheckpoint(size, root, note, Instant.now())));
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while signing", e);
        }
    }
}
