package dev.driftledger.ledger;

import dev.driftledger.model.Digest;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/// Where the hashes of a stored tree come from.
@FunctionalInterface
public interface HashReader {
    /// One hash of a tile, as [TileHash] numbers them.
    ///
    /// @throws RuntimeException when there is none; callers let it pass
    Digest hash(int level, long index);

    /// Where a hash stands, in the order of levels, then of indexes.
    ///
    /// @param level as in [TileHash]
    /// @param index as in [TileHash]
    record Place(int level, long index) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            int byLevel = Integer.compare(level, other.level);
            return byLevel == 0 ? Long.compare(index, other.index) : byLevel;
        }
    }

    /// Which hashes a computation reads, so that a caller can fetch all of them at once and then
    /// hand over a reader of what it fetched. What is read never depends on the hashes' values.
    static Set<Place> needed(Consumer<HashReader> computation) {
        Set<Place> places = new TreeSet<>();
        computation.accept((level, index) -> {
            places.add(new Place(level, index));
            return Hashing.EMPTY_ROOT;
        });
        return places;
    }
}
