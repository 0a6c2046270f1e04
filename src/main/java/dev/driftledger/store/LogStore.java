package dev.driftledger.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.driftledger.intake.StoredOffsets;
import dev.driftledger.ledger.Frontier;
import dev.driftledger.ledger.HashReader;
import dev.driftledger.model.ClusterRef;
import dev.driftledger.model.Digest;
import dev.driftledger.model.Json;
import dev.driftledger.recorder.StateChange;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Logs as their owners write them: load the head and the state, append, sign.
///
/// Every method fails when the database cannot be reached. After a failed [#append(Batch)] or
/// [#saveCheckpoint(String, StoredCheckpoint)] it is unknown whether the write took place: load
/// again and go on from what is stored.
@Singleton
public final class LogStore {
    private static final int STATE_FETCH_COUNT = 2_000;
    private static final int REHASH_CHUNK_COUNT = 4_096;

    private final Pool pool;
    private final LogFilesStore files;
    private final StoreConfig config;

    LogStore(Pool pool, LogFilesStore files, StoreConfig config) {
        this.pool = pool;
        this.files = files;
        this.config = config;
    }

    /// Stores a batch in one statement, which is one transaction: all of it or nothing.
    ///
    /// Takes part only when the stored size and intake offset are those that the batch was decided
    /// on; there is no other lock.
    ///
    /// @throws IllegalArgumentException when the batch is larger than the configuration allows
    public Uni<AppendOutcome> append(Batch batch) {
        long sizeMaxBytes = config.batchBytesMax().asLongValue();
        if (batch.sizeBytes() > sizeMaxBytes) {
            throw new IllegalArgumentException(
                    "batch has "
                            + batch.sizeBytes()
                            + " bytes, want at most "
                            + sizeMaxBytes
                            + "; split it or raise driftledger.store.batch-bytes-max");
        }
        return pool.preparedQuery(AppendStatement.SQL)
                .execute(AppendStatement.tuple(batch))
                .flatMap(rows -> outcome(batch, rows.iterator().next().getLong(0)));
    }

    private Uni<AppendOutcome> outcome(Batch batch, long updatedCount) {
        if (updatedCount == 1) {
            return Uni.createFrom().item(new AppendOutcome.Appended(batch.newSize()));
        }
        return pool.preparedQuery("SELECT size, intake_offset FROM log WHERE cluster = $1")
                .execute(Tuple.of(batch.cluster().uid()))
                .map(rows -> lost(batch, rows));
    }

    private static AppendOutcome lost(Batch batch, RowSet<Row> rows) {
        if (rows.size() == 0) {
            throw new IllegalArgumentException(
                    "cluster " + batch.cluster().uid() + " has no log; load it before appending");
        }
        Row row = rows.iterator().next();
        return new AppendOutcome.LostOwnership(row.getLong(0), row.getLong(1));
    }

    /// Whether the database answers at all; fails when it does not.
    public Uni<Void> ping() {
        return pool.query("SELECT 1").execute().replaceWithVoid();
    }

    /// The head of a cluster's log, begun when there is none. Name and origin are those of a log
    /// that is there, whatever is given here; see [#rename].
    ///
    /// @param origin the name of a new log in checkpoints
    public Uni<StoredLog> load(ClusterRef cluster, String origin) {
        return head(cluster)
                .flatMap(found ->
                        found.isPresent()
                                ? Uni.createFrom().item(found.orElseThrow())
                                : begin(cluster, origin))
                .flatMap(head -> load(cluster, head));
    }

    /// Reads first and writes only where a log begins: signers load it every few seconds.
    private Uni<Optional<Row>> head(ClusterRef cluster) {
        String find =
                """
                SELECT origin, size, intake_partition, intake_offset, recorded_at FROM log
                WHERE cluster = $1
                """;
        return pool.preparedQuery(find)
                .execute(Tuple.of(cluster.uid()))
                .map(rows ->
                        rows.size() == 0 ? Optional.empty() : Optional.of(rows.iterator().next()));
    }

    private Uni<Row> begin(ClusterRef cluster, String origin) {
        String begin =
                """
                INSERT INTO log (cluster, name, origin) VALUES ($1, $2, $3)
                ON CONFLICT (cluster) DO NOTHING
                """;
        return pool.preparedQuery(begin)
                .execute(Tuple.of(cluster.uid(), cluster.name(), origin))
                .flatMap(_ -> head(cluster))
                .map(Optional::orElseThrow);
    }

    /// Takes over what a cluster is called now; nothing where it has no log.
    public Uni<Void> rename(ClusterRef cluster) {
        return pool.preparedQuery("UPDATE log SET name = $2 WHERE cluster = $1 AND name <> $2")
                .execute(Tuple.of(cluster.uid(), cluster.name()))
                .replaceWithVoid();
    }

    /// All clusters that have a log, under the names they have in it.
    public Uni<List<ClusterRef>> clusters() {
        return pool.query("SELECT cluster, name FROM log ORDER BY number")
                .execute()
                .map(rows -> {
                    List<ClusterRef> clusters = new ArrayList<>();
                    rows.forEach(row ->
                            clusters.add(new ClusterRef(row.getString(0), row.getString(1))));
                    return clusters;
                });
    }

    private Uni<StoredLog> load(ClusterRef cluster, Row head) {
        long size = head.getLong("size");
        Set<HashReader.Place> needed = HashReader.needed(reader -> Frontier.of(size, reader));
        return Uni.combine()
                .all()
                .unis(files.hashes(cluster.uid(), needed), files.latestCheckpoint(cluster.uid()))
                .asTuple()
                .map(found ->
                        stored(
                                cluster,
                                head,
                                Frontier.of(size, found.getItem1()),
                                found.getItem2().orElse(null)));
    }

    private static StoredLog stored(
            ClusterRef cluster,
            Row head,
            Frontier frontier,
            @Nullable StoredCheckpoint checkpoint) {
        OffsetDateTime recordedAt = head.getOffsetDateTime("recorded_at");
        return new StoredLog(
                cluster,
                head.getString("origin"),
                head.getInteger("intake_partition"),
                head.getLong("intake_offset"),
                recordedAt == null ? null : recordedAt.toInstant(),
                frontier,
                checkpoint);
    }

    /// How far the logs of an intake partition are made.
    public Uni<StoredOffsets> storedUpTo(int partition) {
        String sql =
                """
                SELECT min(intake_offset) + 1, max(intake_offset) + 1 FROM log
                WHERE intake_partition = $1
                """;
        return pool.preparedQuery(sql)
                .execute(Tuple.of(partition))
                .map(rows -> {
                    Row row = rows.iterator().next();
                    Long lowest = row.getLong(0);
                    return lowest == null
                            ? StoredOffsets.NONE
                            : new StoredOffsets(lowest, row.getLong(1));
                });
    }

    /// The recorder's state that belongs to a loaded head, sorted by part and key, read in chunks.
    ///
    /// Fails with a [MovedLogException] when the log moved on since it was loaded: load again.
    public Multi<StateChange> loadState(StoredLog log) {
        String sql =
                """
                SELECT part, key, value::text,
                    (SELECT intake_offset FROM log WHERE cluster = $1)
                FROM recorder_state WHERE cluster = $1 ORDER BY part, key
                """;
        return Multi.createFrom()
                .<SqlConnection, Row>resourceFromUni(
                        pool::getConnection,
                        connection ->
                                connection
                                        .begin()
                                        .flatMap(_ -> connection.prepare(sql))
                                        .onItem()
                                        .transformToMulti(prepared ->
                                                prepared.createStream(
                                                                STATE_FETCH_COUNT,
                                                                Tuple.of(log.cluster().uid()))
                                                        .toMulti()))
                .withFinalizer(SqlConnection::close)
                .map(row -> state(log, row));
    }

    private static StateChange state(StoredLog log, Row row) {
        if (row.getLong(3) != log.intakeOffset()) {
            throw new MovedLogException(
                    "log of cluster "
                            + log.cluster().uid()
                            + " moved from intake offset "
                            + log.intakeOffset()
                            + " to "
                            + row.getLong(3)
                            + " while its state was read; load it again");
        }
        return new StateChange(row.getString(0), row.getString(1), json(row.getString(2)));
    }

    private static JsonNode json(String text) {
        try {
            return Json.parse(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("recorder_state.value is no JSON we read", e);
        }
    }

    /// The leaf hashes of entries `from` to `to`, computed from the bytes that are stored now, for
    /// the one who signs: what a checkpoint commits to has been read back. The database computes
    /// them (RFC 6962, section 2.1: SHA-256 of 0x00 and the entry), since the bytes would be most
    /// of what comes over the wire.
    ///
    /// Fails with a [DamagedStoreException] when an entry is missing, is there twice, or has not
    /// the hash that was stored beside it.
    ///
    /// @param to exclusive
    public Uni<List<Digest>> rehash(String cluster, long from, long to) {
        String sql =
                """
                SELECT idx, leaf_hash, sha256('\\x00'::bytea || bytes) FROM entry
                WHERE cluster = $1 AND idx >= $2 AND idx < $3 ORDER BY idx
                """;
        List<Digest> hashes = new ArrayList<>();
        return Multi.createFrom()
                .<Long>iterable(() -> chunks(from, to).iterator())
                .onItem()
                .transformToUniAndConcatenate(begin ->
                        pool.preparedQuery(sql)
                                .execute(
                                        Tuple.of(
                                                cluster,
                                                begin,
                                                Math.min(to, begin + REHASH_CHUNK_COUNT)))
                                .invoke(rows -> addHashes(cluster, rows, from, hashes)))
                .collect()
                .last()
                .map(_ -> complete(cluster, from, to, hashes));
    }

    private static List<Long> chunks(long from, long to) {
        List<Long> begins = new ArrayList<>();
        for (long begin = from; begin < to; begin += REHASH_CHUNK_COUNT) {
            begins.add(begin);
        }
        return begins;
    }

    private static void addHashes(
            String cluster, RowSet<Row> rows, long from, List<Digest> hashes) {
        for (Row row : rows) {
            long index = from + hashes.size();
            if (row.getLong(0) != index) {
                throw new DamagedStoreException(
                        cluster, "entry " + row.getLong(0) + " where " + index + " should be");
            }
            Digest hash = Digest.ofBytes(row.getBuffer(2).getBytes());
            if (!hash.equals(Digest.ofBytes(row.getBuffer(1).getBytes()))) {
                throw new DamagedStoreException(
                        cluster, "bytes of entry " + index + " have not the hash stored for them");
            }
            hashes.add(hash);
        }
    }

    private static List<Digest> complete(String cluster, long from, long to, List<Digest> hashes) {
        if (hashes.size() != to - from) {
            throw new DamagedStoreException(
                    cluster, "entry " + (from + hashes.size()) + " is missing");
        }
        return List.copyOf(hashes);
    }

    /// Keeps a signed checkpoint. Doing it again is nothing; another root for a size that has a
    /// checkpoint, or a size beyond the log, is refused with a [DamagedStoreException].
    public Uni<Void> saveCheckpoint(String cluster, StoredCheckpoint checkpoint) {
        String insert =
                """
                INSERT INTO checkpoint (cluster, size, root, note, signed_at)
                SELECT cluster, $2, $3, $4, $5 FROM log WHERE cluster = $1 AND size >= $2
                ON CONFLICT (cluster, size) DO NOTHING
                """;
        Tuple values =
                Tuple.tuple()
                        .addString(cluster)
                        .addLong(checkpoint.size())
                        .addValue(io.vertx.core.buffer.Buffer.buffer(checkpoint.root().bytes()))
                        .addString(checkpoint.note())
                        .addValue(utc(checkpoint.signedAt()));
        return pool.preparedQuery(insert)
                .execute(values)
                .flatMap(_ -> files.checkpoint(cluster, checkpoint.size()))
                .invoke(stored -> requireSameRoot(cluster, checkpoint, stored))
                .replaceWithVoid();
    }

    private static void requireSameRoot(
            String cluster, StoredCheckpoint signed, Optional<StoredCheckpoint> stored) {
        if (stored.isEmpty()) {
            throw new DamagedStoreException(
                    cluster, "checkpoint of size " + signed.size() + " is beyond the stored log");
        }
        if (!stored.get().root().equals(signed.root())) {
            throw new DamagedStoreException(
                    cluster,
                    "root "
                            + signed.root()
                            + " for size "
                            + signed.size()
                            + " where "
                            + stored.get().root()
                            + " was signed before");
        }
    }

    /// Makes the monthly partitions that entries will need; to be called at start and daily. How
    /// many were made.
    public Uni<Integer> makePartitions() {
        return pool.preparedQuery("SELECT make_entry_partitions($1)")
                .execute(Tuple.of(config.partitionMonthsAhead()))
                .map(rows -> rows.iterator().next().getInteger(0));
    }

    private static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
