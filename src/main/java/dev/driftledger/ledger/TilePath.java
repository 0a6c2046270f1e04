package dev.driftledger.ledger;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The path of a tile or an entry bundle within a log (C2SP tlog-tiles):
/// `tile/<level>/<index>[.p/<width>]` and `tile/entries/<index>[.p/<width>]`.
///
/// @param level 0 to 63, or [#ENTRIES]
/// @param index of the tile within its level, from 0
/// @param width how many hashes or entries it holds, 1 to 256
public record TilePath(int level, long index, int width) {
    /// The level that stands for bundles of entries.
    public static final int ENTRIES = -1;

    private static final Pattern SHAPE =
            Pattern.compile(
                    "tile/(entries|0|[1-9]|[1-5][0-9]|6[0-3])/((?:x[0-9]{3}/){0,6}[0-9]{3})"
                            + "(?:\\.p/([1-9][0-9]{0,2}))?");

    public TilePath {
        boolean fits = level >= ENTRIES && level <= 63 && index >= 0;
        if (!fits || width < 1 || width > TileHash.WIDTH) {
            throw new IllegalArgumentException(
                    "no tile has level " + level + ", index " + index + ", width " + width);
        }
    }

    /// The tile of a level as a tree of this size has it.
    ///
    /// @throws IllegalArgumentException when the tree does not reach that far
    public static TilePath inTree(int level, long index, long treeSize) {
        long hashes = hashes(level, treeSize);
        long before = index * TileHash.WIDTH;
        return new TilePath(level, index, (int) Math.min(hashes - before, TileHash.WIDTH));
    }

    /// How many hashes (or entries) a level has in a tree of this size.
    public static long hashes(int level, long treeSize) {
        int shift = Math.max(level, 0) * TileHash.WIDTH_LOG2;
        return shift >= Long.SIZE ? 0 : treeSize >>> shift;
    }

    /// Reads a path, strictly: one tile has one path.
    ///
    /// @throws IllegalArgumentException when it is not of the shape above
    public static TilePath parse(String path) {
        Matcher matcher = SHAPE.matcher(path);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("no tile has the path '" + path + "'");
        }
        String level = matcher.group(1);
        String partial = matcher.group(3);
        TilePath tile =
                new TilePath(
                        level.equals("entries") ? ENTRIES : Integer.parseInt(level),
                        Long.parseLong(matcher.group(2).replace("x", "").replace("/", "")),
                        partial == null ? TileHash.WIDTH : Integer.parseInt(partial));
        if (!tile.path().equals(path)) {
            throw new IllegalArgumentException("no tile has the path '" + path + "'");
        }
        return tile;
    }

    /// Whether it holds fewer than 256, so that its path ends in `.p/<width>`.
    public boolean partial() {
        return width < TileHash.WIDTH;
    }

    /// The full tile that this one grows into.
    public TilePath full() {
        return new TilePath(level, index, TileHash.WIDTH);
    }

    /// The path, relative to the log.
    public String path() {
        StringBuilder number = new StringBuilder(three(index % 1000));
        for (long rest = index / 1000; rest > 0; rest /= 1000) {
            number.insert(0, "x" + three(rest % 1000) + "/");
        }
        String kind = level == ENTRIES ? "entries" : Integer.toString(level);
        return "tile/" + kind + "/" + number + (partial() ? ".p/" + width : "");
    }

    private static String three(long value) {
        return Long.toString(1000 + value).substring(1);
    }
}
