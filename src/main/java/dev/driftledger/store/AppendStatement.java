package dev.driftledger.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.driftledger.ledger.Entry;
import dev.driftledger.ledger.TileHash;
import dev.driftledger.model.Digest;
import dev.driftledger.recorder.Decision;
import dev.driftledger.recorder.StateChange;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A whole batch as one SQL statement, whatever its size: one round trip and one transaction.
///
/// `head` is the compare-and-set; every insert depends on the row that it returns, so a lost
/// compare-and-set writes nothing. Two owners meet at the lock of the `log` row: the second waits,
/// then sees the new values and returns no row.
final class AppendStatement {
    private static final String HEAD =
            """
            WITH head AS (
                UPDATE log SET size = $3::bigint + $4::bigint, intake_offset = $5,
                    intake_partition = $6, recorded_at = coalesce($7::timestamptz, recorded_at)
                WHERE cluster = $1 AND intake_offset = $2 AND size = $3
                RETURNING cluster),
            batches AS (
                INSERT INTO batch
                SELECT cluster, $8::timestamptz, $3, $4::integer, $6, $5 FROM head WHERE $4 > 0),
            state AS (
                INSERT INTO recorder_state (cluster, part, key, value)
                SELECT head.cluster, v.part, v.key, v.value::json
                FROM head, unnest($9::text[], $10::text[], $11::text[]) AS v (part, key, value)
                ON CONFLICT (cluster, part, key) DO UPDATE SET value = excluded.value),
            state_gone AS (
                DELETE FROM recorder_state s
                USING head, unnest($12::text[], $13::text[]) AS v (part, key)
                WHERE s.cluster = head.cluster AND s.part = v.part AND s.key = v.key),
            blobs AS (
                INSERT INTO blob (digest, media_type, size, bytes)
                SELECT v.digest, v.media_type, octet_length(v.bytes), v.bytes
                FROM head, unnest($14::bytea[], $15::text[], $16::bytea[])
                    AS v (digest, media_type, bytes)
                ON CONFLICT (digest) DO NOTHING)
            """;
    private static final int HEAD_PARAMETERS = 16;

    /// Column name, PostgreSQL type, after `cluster`. The order of the columns is that of the
    /// table, the whole order that of [#tuple(Batch)].
    private static final List<Table> TABLES =
            List.of(
                    new Table(
                            "entry",
                            "idx bigint, recorded_at timestamptz, observed_at timestamptz,"
                                    + " type text, resource text, application text,"
                                    + " leaf_hash bytea, bytes bytea"),
                    new Table("tile_hash", "level integer, idx bigint, hash bytea"),
                    new Table(
                            "finding_version",
                            "finding text, idx bigint, recorded_at timestamptz, state text,"
                                    + " class text, application text, namespace text, kind text,"
                                    + " owner text, opened_at timestamptz"),
                    new Table(
                            "snapshot",
                            "application text, idx bigint, verdict text, namespace text,"
                                    + " reconciler text"));

    static final String SQL = sql();

    /// Escapes everything beyond ASCII, so that no string is beyond what PostgreSQL's text holds.
    private static final JsonMapper STATE =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private AppendStatement() {}

    private record Table(String name, String columns) {
        private String insert(int firstParameter) {
            List<String> arrays = new ArrayList<>();
            for (String column : columns.split(", ", -1)) {
                String type = column.substring(column.indexOf(' ') + 1);
                arrays.add("$" + (firstParameter + arrays.size()) + "::" + type + "[]");
            }
            return "INSERT INTO "
                    + name
                    + " SELECT head.cluster, v.* FROM head, unnest("
                    + String.join(", ", arrays)
                    + ") AS v";
        }

        private int columnsCount() {
            return columns.split(", ", -1).length;
        }
    }

    /// Without needless white space: the client keeps statements prepared up to 2,048 characters.
    private static String sql() {
        StringBuilder sql = new StringBuilder(HEAD);
        int parameter = HEAD_PARAMETERS + 1;
        for (Table table : TABLES) {
            sql.append(", ").append(table.name()).append("s AS (");
            sql.append(table.insert(parameter)).append(")\n");
            parameter += table.columnsCount();
        }
        return sql.append("SELECT count(*) FROM head").toString().replaceAll("\\s+", " ");
    }

    /// The values of [#SQL]'s parameters.
    static Tuple tuple(Batch batch) {
        List<Leaf> leaves = batch.leaves();
        Instant first = leaves.isEmpty() ? null : leaves.getFirst().entry().recordedAt();
        Instant last = leaves.isEmpty() ? null : leaves.getLast().entry().recordedAt();
        List<@Nullable Object> values = new ArrayList<>();
        values.add(batch.cluster().uid());
        values.add(batch.expectedOffset());
        values.add(batch.firstIndex());
        values.add((long) leaves.size());
        values.add(batch.newOffset());
        values.add(batch.partition());
        values.add(time(last));
        values.add(time(first));
        addState(values, batch.changes());
        addBlobs(values, batch.blobs());
        addLeaves(values, batch);
        addProjection(values, batch);
        Tuple tuple = Tuple.tuple();
        values.forEach(tuple::addValue);
        return tuple;
    }

    private static void addLeaves(List<@Nullable Object> values, Batch batch) {
        List<Leaf> leaves = batch.leaves();
        Long[] indexes = new Long[leaves.size()];
        for (int i = 0; i < indexes.length; i++) {
            indexes[i] = batch.firstIndex() + i;
        }
        values.add(indexes);
        values.add(times(leaves, leaf -> leaf.entry().recordedAt()));
        values.add(times(leaves, leaf -> leaf.entry().observedAt()));
        values.add(texts(leaves, leaf -> leaf.entry().type().wireName()));
        values.add(texts(leaves, leaf -> Projection.resource(leaf.entry())));
        values.add(texts(leaves, leaf -> Projection.application(leaf.entry())));
        values.add(bytes(leaves, leaf -> leaf.hash().bytes()));
        values.add(bytes(leaves, leaf -> leaf.bytes().bytes()));
        List<TileHash> hashes = batch.tileHashes();
        values.add(hashes.stream().map(TileHash::level).toArray(Integer[]::new));
        values.add(longs(hashes, TileHash::index));
        values.add(bytes(hashes, hash -> hash.hash().bytes()));
    }

    private static void addProjection(List<@Nullable Object> values, Batch batch) {
        List<Entry> entries = batch.leaves().stream().map(Leaf::entry).toList();
        Projection rows = Projection.of(batch.firstIndex(), entries);
        List<Projection.FindingVersion> findings = rows.findings();
        values.add(texts(findings, Projection.FindingVersion::finding));
        values.add(longs(findings, Projection.FindingVersion::index));
        values.add(times(findings, Projection.FindingVersion::recordedAt));
        values.add(texts(findings, Projection.FindingVersion::state));
        values.add(texts(findings, Projection.FindingVersion::findingClass));
        values.add(texts(findings, Projection.FindingVersion::application));
        values.add(texts(findings, Projection.FindingVersion::namespace));
        values.add(texts(findings, Projection.FindingVersion::kind));
        values.add(texts(findings, Projection.FindingVersion::owner));
        values.add(times(findings, Projection.FindingVersion::openedAt));
        List<Projection.Snapshot> snapshots = rows.snapshots();
        values.add(texts(snapshots, Projection.Snapshot::application));
        values.add(longs(snapshots, Projection.Snapshot::index));
        values.add(texts(snapshots, Projection.Snapshot::verdict));
        values.add(texts(snapshots, Projection.Snapshot::namespace));
        values.add(texts(snapshots, Projection.Snapshot::reconciler));
    }

    /// A statement may touch a row once, so only the last change of each row is written.
    private static void addState(List<@Nullable Object> values, List<StateChange> changes) {
        record Row(String part, String key) {}
        Map<Row, StateChange> last = new LinkedHashMap<>();
        changes.forEach(change -> last.put(new Row(change.part(), change.key()), change));
        List<StateChange> kept =
                last.values().stream().filter(change -> change.value() != null).toList();
        List<StateChange> gone =
                last.values().stream().filter(change -> change.value() == null).toList();
        values.add(texts(kept, StateChange::part));
        values.add(texts(kept, StateChange::key));
        values.add(texts(kept, change -> json(Objects.requireNonNull(change.value()))));
        values.add(texts(gone, StateChange::part));
        values.add(texts(gone, StateChange::key));
    }

    /// Sorted by digest, so that owners of different logs take the same locks in the same order.
    private static void addBlobs(
            List<@Nullable Object> values, Map<Digest, Decision.Blob> sortedBlobs) {
        values.add(bytes(sortedBlobs.keySet(), Digest::bytes));
        values.add(texts(sortedBlobs.values(), Decision.Blob::mediaType));
        values.add(bytes(sortedBlobs.values(), blob -> blob.content().bytes()));
    }

    private static String json(JsonNode value) {
        try {
            return STATE.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("state value cannot be written as JSON", e);
        }
    }

    private static <T> Long[] longs(Collection<T> rows, Function<T, Long> column) {
        return rows.stream().map(column).toArray(Long[]::new);
    }

    private static <T> @Nullable String[] texts(
            Collection<T> rows, Function<T, @Nullable String> column) {
        return rows.stream().map(column).toArray(String[]::new);
    }

    private static <T> Buffer[] bytes(Collection<T> rows, Function<T, byte[]> column) {
        return rows.stream().map(row -> Buffer.buffer(column.apply(row))).toArray(Buffer[]::new);
    }

    private static <T> OffsetDateTime[] times(Collection<T> rows, Function<T, Instant> column) {
        return rows.stream()
                .map(row -> column.apply(row).atOffset(ZoneOffset.UTC))
                .toArray(OffsetDateTime[]::new);
    }

    private static @Nullable OffsetDateTime time(@Nullable Instant time) {
        return time == null ? null : time.atOffset(ZoneOffset.UTC);
    }
}
