package dev.driftledger.web;

import com.fasterxml.jackson.databind.JsonNode;
import dev.driftledger.ledger.Entry;
import dev.driftledger.ledger.EntryType;
import dev.driftledger.ledger.TileHash;
import dev.driftledger.ledger.TilePath;
import dev.driftledger.model.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// Which files of a log belong to one bundle of 256 entries, so that following the bundles one
/// after the other finds every file.
///
/// @param bundle number of the bundle, from 0
/// @param size of the log by its newest checkpoint
record FileList(long bundle, long size) {
    private static final int WIDTH = TileHash.WIDTH;
    private static final int LEVEL_MAX = 7;

    /// First entry of the bundle.
    long from() {
        return bundle * WIDTH;
    }

    /// First entry after the bundle.
    long to() {
        return Math.min(size, from() + WIDTH);
    }

    boolean last() {
        return from() + WIDTH >= size;
    }

    /// The bundle itself, the tiles that it completes, and with the last bundle the partial ones.
    List<String> tiles() {
        List<String> paths = new ArrayList<>();
        if (from() >= size) {
            return paths;
        }
        paths.add(TilePath.inTree(TilePath.ENTRIES, bundle, size).path());
        long covered = bundle + 1;
        for (int level = 0; level <= LEVEL_MAX; level++) {
            long hashes = TilePath.hashes(level, size);
            boolean completes = covered * WIDTH <= size && covered % width(level) == 0;
            if (completes) {
                paths.add(new TilePath(level, covered / width(level) - 1, WIDTH).path());
            }
            if (last() && hashes % WIDTH != 0) {
                paths.add(TilePath.inTree(level, hashes / WIDTH, size).path());
            }
        }
        return paths;
    }

    private static long width(int level) {
        return 1L << (8 * level);
    }

    /// Digests that an entry names, of which most are blobs.
    static SortedSet<Digest> named(Entry entry) {
        SortedSet<Digest> named = new TreeSet<>(entry.digests().values());
        if (entry.blob() != null) {
            named.add(entry.blob().sha256());
        }
        return named;
    }

    /// Whether an entry's blob names further blobs.
    static boolean listsBlobs(Entry entry) {
        return entry.blob() != null
                && (entry.type() == EntryType.DESIRED_RENDERED
                        || entry.type() == EntryType.SNAPSHOT);
    }

    /// Digests that the list in such a blob names.
    static SortedSet<Digest> named(JsonNode list) {
        SortedSet<Digest> named = new TreeSet<>();
        for (JsonNode row : list) {
            for (String field : List.of("digest", "desired", "head", "live")) {
                String hex = row.path(field).asText("");
                if (hex.matches("[0-9a-f]{64}")) {
                    named.add(Digest.ofHex(hex));
                }
            }
        }
        return named;
    }

    /// Where a blob lies.
    static String path(Digest blob) {
        return "blobs/sha256/" + blob.hex().substring(0, 2) + "/" + blob.hex();
    }
}
