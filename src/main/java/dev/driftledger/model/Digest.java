package dev.driftledger.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/// A SHA-256 value: 32 bytes, compared by content, written as 64 lower-case hex digits.
public final class Digest implements Comparable<Digest> {
    /// How many bytes a digest has.
    public static final int SIZE_BYTES = 32;

    private final byte[] bytes;

    private Digest(byte[] bytes) {
        this.bytes = bytes;
    }

    /// SHA-256 of the given bytes.
    public static Digest of(byte[] content) {
        return new Digest(sha256().digest(content));
    }

    /// Takes 32 bytes that are a digest already.
    ///
    /// @throws IllegalArgumentException when there are not 32
    public static Digest ofBytes(byte[] value) {
        if (value.length != SIZE_BYTES) {
            throw new IllegalArgumentException(
                    "digest has " + value.length + " bytes, want " + SIZE_BYTES);
        }
        return new Digest(value.clone());
    }

    /// Reads 64 hex digits.
    ///
    /// @throws IllegalArgumentException when the text is anything else
    @JsonCreator
    public static Digest ofHex(String hex) {
        if (hex.length() != 2 * SIZE_BYTES) {
            throw new IllegalArgumentException(
                    "digest has " + hex.length() + " characters, want 64 hex digits");
        }
        return new Digest(HexFormat.of().parseHex(hex));
    }

    /// A fresh SHA-256, which every JDK has.
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    /// A copy of the 32 bytes.
    public byte[] bytes() {
        return bytes.clone();
    }

    /// 64 lower-case hex digits.
    @JsonValue
    public String hex() {
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public int compareTo(Digest other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Digest other && Arrays.equals(bytes, other.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return hex();
    }
}
