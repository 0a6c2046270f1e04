package dev.driftledger.model;

/// Where an intake record was read from: its place in the topic and the bytes that stand there.
///
/// It is asked only about records that cannot be dealt with, so the digest is computed when asked.
public final class IntakeOrigin {
    private final String place;
    private final byte[] value;

    /// @param place `topic/partition/offset`
    /// @param value taken over; the caller must not change it any more
    public IntakeOrigin(String place, byte[] value) {
        this.place = place;
        this.value = value;
    }

    /// `topic/partition/offset`.
    public String place() {
        return place;
    }

    /// SHA-256 of the bytes.
    public Digest digest() {
        return Digest.of(value);
    }

    /// How many bytes there are.
    public long sizeBytes() {
        return value.length;
    }

    @Override
    public String toString() {
        return place;
    }
}
