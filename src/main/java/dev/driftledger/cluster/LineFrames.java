package dev.driftledger.cluster;

import dev.driftledger.model.Digest;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Cuts a watch stream into its lines, one event each, whatever the chunks it comes in.
///
/// A line longer than the limit is not kept: its first bytes and the digest of all of it are
/// handed over in its place. What follows the last newline when a stream ends was cut off and is
/// dropped with this instance.
final class LineFrames {
    /// Of a line above the limit: enough to read its kind and name.
    private static final int PREFIX_BYTES = 64 * 1024;

    /// A buffer that once grew larger than this is given back.
    private static final int KEPT_BYTES_MAX = 1024 * 1024;

    private final int lineBytesMax;
    private byte[] pending = new byte[16 * 1024];
    private int pendingSize;
    private @Nullable MessageDigest oversized;
    private long oversizedBytes;

    /// Takes the lines.
    interface Lines {
        /// One line without its newline; the buffer is only lent.
        void line(byte[] buffer, int from, int to) throws InterruptedException;

        /// A line over the limit: its first bytes, and what all of it was.
        void oversized(byte[] prefix, Digest digest, long sizeBytes) throws InterruptedException;
    }

    LineFrames(int lineBytesMax) {
        this.lineBytesMax = lineBytesMax;
    }

    /// Takes the next chunk and hands over every line that is complete with it.
    void feed(ByteBuffer chunk, Lines lines) throws InterruptedException {
        byte[] array;
        int at;
        if (chunk.hasArray()) {
            array = chunk.array();
            at = chunk.arrayOffset() + chunk.position();
        } else {
            array = new byte[chunk.remaining()];
            at = 0;
            chunk.duplicate().get(array);
        }
        int end = at + chunk.remaining();
        while (at < end) {
            int newline = indexOfNewline(array, at, end);
            if (newline < 0) {
                keep(array, at, end);
                return;
            }
            complete(array, at, newline, lines);
            at = newline + 1;
        }
    }

    private void complete(byte[] array, int from, int to, Lines lines) throws InterruptedException {
        if (pendingSize == 0 && oversized == null && to - from <= lineBytesMax) {
            if (to > from) {
                lines.line(array, from, to);
            }
            return;
        }
        keep(array, from, to);
        MessageDigest digest = oversized;
        int size = pendingSize;
        pendingSize = 0;
        oversized = null;
        if (digest == null) {
            lines.line(pending, 0, size);
        } else {
            byte[] prefix = Arrays.copyOf(pending, size);
            lines.oversized(prefix, Digest.ofBytes(digest.digest()), oversizedBytes);
        }
        if (pending.length > KEPT_BYTES_MAX) {
            pending = new byte[PREFIX_BYTES];
        }
    }

    private void keep(byte[] array, int from, int to) {
        int size = to - from;
        if (oversized != null) {
            oversized.update(array, from, size);
            oversizedBytes += size;
            return;
        }
        if ((long) pendingSize + size > lineBytesMax) {
            oversized = Digest.sha256();
            oversized.update(pending, 0, pendingSize);
            oversized.update(array, from, size);
            oversizedBytes = (long) pendingSize + size;
            append(array, from, Math.min(to, from + Math.max(0, PREFIX_BYTES - pendingSize)));
            pendingSize = Math.min(pendingSize, PREFIX_BYTES);
            return;
        }
        append(array, from, to);
    }

    private void append(byte[] array, int from, int to) {
        int size = to - from;
        if (pendingSize + size > pending.length) {
            pending = Arrays.copyOf(pending, Math.max(2 * pending.length, pendingSize + size));
        }
        System.arraycopy(array, from, pending, pendingSize, size);
        pendingSize += size;
    }

    private static int indexOfNewline(byte[] array, int from, int to) {
        for (int i = from; i < to; i++) {
            if (array[i] == '\n') {
                return i;
            }
        }
        return -1;
    }
}
