package dev.driftledger.ledger;

import dev.driftledger.model.Digest;
import java.util.ArrayList;
import java.util.List;

/// Shows that one tree begins with all of another (RFC 6962 section 2.1.2).
///
/// A proof from size 0 would show nothing, so there is none.
///
/// @param from number of leaves of the smaller tree, at least 1
/// @param to number of leaves of the larger tree, at least `from`
/// @param path empty exactly when both sizes are the same
public record ConsistencyProof(long from, long to, List<Digest> path) {
    public ConsistencyProof {
        path = List.copyOf(path);
    }

    /// The proof between two sizes of a stored tree.
    ///
    /// @throws IllegalArgumentException when not `1 <= from <= to`
    public static ConsistencyProof build(HashReader reader, long from, long to) {
        checkRange(from, to);
        List<Digest> path = new ArrayList<>();
        if (from < to) {
            collect(reader, from, new Range(0, to, true), path);
        }
        return new ConsistencyProof(from, to, path);
    }

    /// Part of the larger tree.
    ///
    /// @param known whether the smaller tree's root, which the verifier has, is this part's root
    private record Range(long begin, long end, boolean known) {}

    private static void collect(HashReader reader, long from, Range range, List<Digest> path) {
        if (from == range.end) {
            if (!range.known) {
                path.add(Subtree.root(reader, range.begin, range.end));
            }
            return;
        }
        long split = range.begin + leftWidth(range.end - range.begin);
        if (from <= split) {
            collect(reader, from, new Range(range.begin, split, range.known), path);
            path.add(Subtree.root(reader, split, range.end));
        } else {
            collect(reader, from, new Range(split, range.end, false), path);
            path.add(Subtree.root(reader, range.begin, split));
        }
    }

    /// Width of the left child of a tree: the largest power of two below its own width.
    static long leftWidth(long width) {
        return Long.highestOneBit(width - 1);
    }

    /// Holds the proof against the roots of both trees.
    ///
    /// @throws IllegalArgumentException when not `1 <= from <= to`
    /// @throws RefutedException when the proof has the wrong length or leads elsewhere
    public void verify(Digest fromRoot, Digest toRoot) throws RefutedException {
        checkRange(from, to);
        if (from == to) {
            checkLength(0);
            compare("root of the same size", fromRoot, toRoot);
            return;
        }
        int skipped = Long.numberOfTrailingZeros(from);
        int inner = InclusionProof.innerLength(from - 1, to) - skipped;
        int border = Long.bitCount((from - 1) >>> (inner + skipped));
        boolean perfect = Long.bitCount(from) == 1;
        int start = perfect ? 0 : 1;
        checkLength(start + inner + border);
        Digest seed = perfect ? fromRoot : path.getFirst();
        List<Digest> lower = path.subList(start, start + inner);
        List<Digest> upper = path.subList(start + inner, path.size());
        long bits = (from - 1) >>> skipped;
        Digest gotFrom = Chain.leftBorder(Chain.innerLeftOnly(seed, lower, bits), upper);
        compare("root of size " + from, gotFrom, fromRoot);
        Digest gotTo = Chain.leftBorder(Chain.inner(seed, lower, bits), upper);
        compare("root of size " + to, gotTo, toRoot);
    }

    private void checkLength(int want) throws RefutedException {
        if (path.size() != want) {
            throw new RefutedException(
                    "consistency proof has " + path.size() + " hashes, want " + want);
        }
    }

    private static void compare(String what, Digest got, Digest want) throws RefutedException {
        if (!got.equals(want)) {
            throw new RefutedException(
                    "consistency proof leads to " + what + " " + got + ", want " + want);
        }
    }

    private static void checkRange(long from, long to) {
        if (from < 1 || to < from) {
            throw new IllegalArgumentException(
                    "consistency goes from a size of at least 1 to one no smaller, got "
                            + from
                            + " to "
                            + to);
        }
    }
}
