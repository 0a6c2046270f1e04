package dev.driftledger.ledger;

import dev.driftledger.ledger.LogFiles.UnreadableException;
import dev.driftledger.model.Digest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Consumer;

/// Builds some proofs out of the tiles alone, as any client would, and verifies them.
final class ProofCheck {
    private static final int TILE_BYTES = TileHash.WIDTH * Digest.SIZE_BYTES;

    private final LogFiles files;
    private final Checkpoint head;
    private final Tally tally;

    ProofCheck(LogFiles files, Checkpoint head, Tally tally) {
        this.files = files;
        this.head = head;
        this.tally = tally;
    }

    /// Entries at both ends, in the middle and beside the borders of tiles, and the sizes there.
    void check() throws UnreadableException {
        TreeSet<Long> indexes = new TreeSet<>(List.of(0L, 1L, 255L, 256L, 65_535L, 65_536L));
        indexes.add(head.size() / 2);
        indexes.add(head.size() - 1);
        for (long index : indexes.subSet(0L, Math.max(0L, head.size()))) {
            try {
                checkInclusion(index);
                checkConsistency(index + 1);
                tally.pass(2);
            } catch (RefutedException | IllegalArgumentException e) {
                tally.fail("entry " + index + ": " + e.getMessage());
            }
        }
    }

    private void checkInclusion(long index) throws UnreadableException, RefutedException {
        HashReader reader =
                fetch(needed -> InclusionProof.build(needed, index, head.size()), index);
        InclusionProof.build(reader, index, head.size()).verify(reader.hash(0, index), head.root());
    }

    private void checkConsistency(long from) throws UnreadableException, RefutedException {
        HashReader reader =
                fetch(
                        needed -> {
                            ConsistencyProof.build(needed, from, head.size());
                            Frontier.of(from, needed);
                        },
                        from - 1);
        ConsistencyProof.build(reader, from, head.size())
                .verify(Frontier.of(from, reader).root(), head.root());
    }

    private HashReader fetch(Consumer<HashReader> use, long leaf) throws UnreadableException {
        Map<TilePath, List<Digest>> tiles = new HashMap<>();
        TreeSet<HashReader.Place> places = new TreeSet<>(HashReader.needed(use));
        places.add(new HashReader.Place(0, leaf));
        for (HashReader.Place place : places) {
            TilePath path = tile(place.level(), place.index());
            if (!tiles.containsKey(path)) {
                byte[] bytes = FullTile.read(files, path, TILE_BYTES);
                if (bytes == null || bytes.length != path.width() * Digest.SIZE_BYTES) {
                    throw new IllegalArgumentException(path.path() + " is missing or too short");
                }
                tiles.put(path, Tile.decodeHashes(bytes));
            }
        }
        return (level, index) ->
                Objects.requireNonNull(tiles.get(tile(level, index)))
                        .get((int) (index % TileHash.WIDTH));
    }

    private TilePath tile(int level, long index) {
        return TilePath.inTree(level, index / TileHash.WIDTH, head.size());
    }
}
