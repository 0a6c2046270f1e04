package dev.driftledger.store;

import dev.driftledger.ledger.HashReader;
import dev.driftledger.ledger.Tile;
import dev.driftledger.ledger.TilePath;
import dev.driftledger.model.Digest;
import dev.driftledger.recorder.ContentBytes;
import dev.driftledger.recorder.Decision;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// A log as its readers see it: checkpoints, tiles, entry bundles, and the blobs beside them.
@Singleton
public final class LogFilesStore {
    private final Pool pool;

    LogFilesStore(Pool pool) {
        this.pool = pool;
    }

    /// The checkpoint of the largest size; empty when none was signed yet.
    public Uni<Optional<StoredCheckpoint>> latestCheckpoint(String cluster) {
        String sql =
                """
                SELECT size, root, note, signed_at FROM checkpoint
                WHERE cluster = $1 ORDER BY size DESC LIMIT 1
                """;
        return pool.preparedQuery(sql).execute(Tuple.of(cluster)).map(LogFilesStore::checkpoint);
    }

    /// The checkpoint of this size; empty when none was signed for it.
    public Uni<Optional<StoredCheckpoint>> checkpoint(String cluster, long size) {
        String sql =
                """
                SELECT size, root, note, signed_at FROM checkpoint
                WHERE cluster = $1 AND size = $2
                """;
        return pool.preparedQuery(sql)
                .execute(Tuple.of(cluster, size))
                .map(LogFilesStore::checkpoint);
    }

    private static Optional<StoredCheckpoint> checkpoint(RowSet<Row> rows) {
        if (rows.size() == 0) {
            return Optional.empty();
        }
        Row row = rows.iterator().next();
        return Optional.of(
                new StoredCheckpoint(
                        row.getLong(0),
                        digest(row, 1),
                        row.getString(2),
                        row.getOffsetDateTime(3).toInstant()));
    }

    /// The bytes of a tile or an entry bundle; empty when the log does not reach that far.
    public Uni<Optional<ContentBytes>> tile(String cluster, TilePath path) {
        String sql =
                switch (path.level()) {
                    case TilePath.ENTRIES -> tileOf("bytes", "entry", "");
                    case 0 -> tileOf("leaf_hash", "entry", "");
                    default -> tileOf("hash", "tile_hash", " AND level = " + path.level());
                };
        long begin = path.index() * 256;
        return pool.preparedQuery(sql)
                .execute(Tuple.of(cluster, begin, begin + path.width()))
                .map(rows -> tile(path, rows));
    }

    private static String tileOf(String column, String table, String condition) {
        return "SELECT "
                + column
                + " FROM "
                + table
                + " WHERE cluster = $1 AND idx >= $2 AND idx < $3"
                + condition
                + " ORDER BY idx";
    }

    private static Optional<ContentBytes> tile(TilePath path, RowSet<Row> rows) {
        if (rows.size() != path.width()) {
            return Optional.empty();
        }
        List<byte[]> parts = new ArrayList<>(rows.size());
        rows.forEach(row -> parts.add(row.getBuffer(0).getBytes()));
        byte[] bytes =
                path.level() == TilePath.ENTRIES
                        ? Tile.encodeEntries(parts)
                        : Tile.encodeHashes(parts.stream().map(Digest::ofBytes).toList());
        return Optional.of(new ContentBytes(bytes));
    }

    /// Reads many hashes of a log at once; see [HashReader#needed].
    ///
    /// Fails with a [DamagedStoreException] when one is not stored, so ask only for what the log's
    /// size says is there.
    public Uni<HashReader> hashes(String cluster, Set<HashReader.Place> places) {
        Long[] leaves =
                places.stream()
                        .filter(place -> place.level() == 0)
                        .map(HashReader.Place::index)
                        .toArray(Long[]::new);
        List<HashReader.Place> nodes = places.stream().filter(place -> place.level() > 0).toList();
        Map<HashReader.Place, Digest> found = new HashMap<>();
        return readLeaves(cluster, leaves, found)
                .flatMap(_ -> readNodes(cluster, nodes, found))
                .map(_ -> reader(cluster, places, found));
    }

    private Uni<Void> readLeaves(
            String cluster, Long[] indexes, Map<HashReader.Place, Digest> found) {
        if (indexes.length == 0) {
            return Uni.createFrom().voidItem();
        }
        String sql = "SELECT idx, leaf_hash FROM entry WHERE cluster = $1 AND idx = ANY ($2)";
        return pool.preparedQuery(sql)
                .execute(Tuple.tuple().addString(cluster).addValue(indexes))
                .invoke(rows ->
                        rows.forEach(row ->
                                found.put(new HashReader.Place(0, row.getLong(0)), digest(row, 1))))
                .replaceWithVoid();
    }

    private Uni<Void> readNodes(
            String cluster, List<HashReader.Place> places, Map<HashReader.Place, Digest> found) {
        if (places.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        String sql =
                """
                SELECT t.level, t.idx, t.hash
                FROM unnest($2::integer[], $3::bigint[]) AS place (level, idx)
                JOIN tile_hash t ON t.cluster = $1 AND t.level = place.level AND t.idx = place.idx
                """;
        Tuple values =
                Tuple.tuple()
                        .addString(cluster)
                        .addValue(
                                places.stream()
                                        .map(HashReader.Place::level)
                                        .toArray(Integer[]::new))
                        .addValue(
                                places.stream().map(HashReader.Place::index).toArray(Long[]::new));
        return pool.preparedQuery(sql)
                .execute(values)
                .invoke(rows ->
                        rows.forEach(row ->
                                found.put(
                                        new HashReader.Place(row.getInteger(0), row.getLong(1)),
                                        digest(row, 2))))
                .replaceWithVoid();
    }

    private static HashReader reader(
            String cluster, Set<HashReader.Place> places, Map<HashReader.Place, Digest> found) {
        for (HashReader.Place place : places) {
            if (!found.containsKey(place)) {
                throw new DamagedStoreException(cluster, "no hash at " + place);
            }
        }
        return (level, index) -> {
            Digest hash = found.get(new HashReader.Place(level, index));
            if (hash == null) {
                throw new IllegalArgumentException(
                        "hash of level " + level + " at " + index + " was not asked for");
            }
            return hash;
        };
    }

    /// One blob; empty when it is not stored.
    public Uni<Optional<Decision.Blob>> blob(Digest digest) {
        return blobs(List.of(digest)).map(found -> Optional.ofNullable(found.get(digest)));
    }

    /// Those of the blobs that are stored.
    public Uni<SortedMap<Digest, Decision.Blob>> blobs(Collection<Digest> digests) {
        Buffer[] wanted =
                digests.stream()
                        .map(digest -> Buffer.buffer(digest.bytes()))
                        .toArray(Buffer[]::new);
        return pool.preparedQuery(
                        "SELECT digest, media_type, bytes FROM blob WHERE digest = ANY ($1)")
                .execute(Tuple.tuple().addValue(wanted))
                .map(LogFilesStore::blobs);
    }

    /// Those of the digests whose blobs are stored.
    public Uni<SortedSet<Digest>> stored(Collection<Digest> digests) {
        Buffer[] wanted =
                digests.stream()
                        .map(digest -> Buffer.buffer(digest.bytes()))
                        .toArray(Buffer[]::new);
        return pool.preparedQuery("SELECT digest FROM blob WHERE digest = ANY ($1)")
                .execute(Tuple.tuple().addValue(wanted))
                .map(rows -> {
                    SortedSet<Digest> stored = new TreeSet<>();
                    rows.forEach(row -> stored.add(digest(row, 0)));
                    return stored;
                });
    }

    private static SortedMap<Digest, Decision.Blob> blobs(RowSet<Row> rows) {
        SortedMap<Digest, Decision.Blob> blobs = new TreeMap<>();
        for (Row row : rows) {
            ContentBytes content = new ContentBytes(row.getBuffer(2).getBytes());
            blobs.put(digest(row, 0), new Decision.Blob(row.getString(1), content));
        }
        return blobs;
    }

    private static Digest digest(Row row, int column) {
        return Digest.ofBytes(row.getBuffer(column).getBytes());
    }
}
