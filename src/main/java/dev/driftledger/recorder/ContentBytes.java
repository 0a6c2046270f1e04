package dev.driftledger.recorder;

import java.util.Arrays;

/// Immutable bytes, compared by content.
public final class ContentBytes {
    private final byte[] bytes;

    /// Takes the array over; the caller must not change it any more.
    public ContentBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    /// The bytes themselves, not a copy: do not change them.
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof ContentBytes other && Arrays.equals(bytes, other.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return bytes.length + " bytes";
    }
}
