package dev.driftledger.service;

import dev.driftledger.model.Digest;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Content that was used last, up to a number of bytes. Not for several threads at once.
final class BlobCache {
    /// What the map itself takes per entry, roughly.
    private static final int OVERHEAD_BYTES = 160;

    private final LinkedHashMap<Digest, byte[]> content = new LinkedHashMap<>(1024, 0.75f, true);
    private final long bytesMax;
    private long bytes;

    BlobCache(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    byte @Nullable [] find(Digest digest) {
        return content.get(digest);
    }

    void put(Digest digest, byte[] value) {
        byte[] before = content.put(digest, value);
        if (before == null) {
            bytes += value.length + OVERHEAD_BYTES;
        }
        Iterator<Map.Entry<Digest, byte[]>> oldest = content.entrySet().iterator();
        while (bytes > bytesMax && content.size() > 1) {
            bytes -= oldest.next().getValue().length + OVERHEAD_BYTES;
            oldest.remove();
        }
    }
}
