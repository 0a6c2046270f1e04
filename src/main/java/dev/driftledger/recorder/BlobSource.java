package dev.driftledger.recorder;

import dev.driftledger.model.Digest;
import org.jspecify.annotations.Nullable;

/// Looks up bytes by their digest. Content-addressed, so asking twice gives the same answer and a
/// decision stays a function of its inputs.
@FunctionalInterface
public interface BlobSource {
    /// The bytes, or null when they are not stored.
    byte @Nullable [] find(Digest digest);
}
