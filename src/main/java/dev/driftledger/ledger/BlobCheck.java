package dev.driftledger.ledger;

import dev.driftledger.ledger.LogFiles.UnreadableException;
import dev.driftledger.model.Digest;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Checks that the blobs that entries name have the content that they were named after. A blob that
/// is not there is counted, and is no failure: it may not have been copied. Thread-safe.
final class BlobCheck {
    /// Larger blobs are not read.
    static final int SIZE_MAX_BYTES = 64 << 20;

    private static final int REMEMBERED_MAX = 262_144;

    private final LogFiles files;
    private final Tally tally;
    private final Set<Digest> seen = ConcurrentHashMap.newKeySet();

    BlobCheck(LogFiles files, Tally tally) {
        this.files = files;
        this.tally = tally;
    }

    void check(long index, List<Digest> digests) throws UnreadableException {
        for (Digest digest : digests) {
            check(index, digest);
        }
    }

    private void check(long index, Digest digest) throws UnreadableException {
        if (seen.size() >= REMEMBERED_MAX) {
            seen.clear();
        }
        if (!seen.add(digest)) {
            return;
        }
        compare(digest, path(digest), "named by entry " + index);
    }

    private void compare(Digest digest, String path, String named) throws UnreadableException {
        byte[] content = files.read(path, SIZE_MAX_BYTES);
        if (content == null) {
            tally.notChecked(path + ", " + named + ", is not here");
        } else if (content.length > SIZE_MAX_BYTES) {
            tally.notChecked(path + " has more than " + SIZE_MAX_BYTES + " bytes");
        } else if (Digest.of(content).equals(digest)) {
            tally.pass(1);
        } else {
            tally.fail(path + ", " + named + ", has other content");
        }
    }

    /// Checks a blob that lies there, unless it was checked because an entry names it.
    ///
    /// @return whether the path is one of a blob
    boolean checkStray(String path) throws UnreadableException {
        if (!path.matches("blobs/sha256/[0-9a-f]{2}/[0-9a-f]{64}")) {
            return false;
        }
        Digest digest = Digest.ofHex(path.substring(path.length() - 2 * Digest.SIZE_BYTES));
        if (!path(digest).equals(path)) {
            return false;
        }
        if (seen.add(digest)) {
            compare(digest, path, "named by no entry directly");
        }
        return true;
    }

    private static String path(Digest digest) {
        String hex = digest.hex();
        return "blobs/sha256/" + hex.substring(0, 2) + "/" + hex;
    }
}
