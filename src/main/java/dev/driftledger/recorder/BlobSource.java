package dev.driftledger.recorder;

import dev.driftledger.model.Digest;
import org.jspecify.annotations.Nullable;

/// Looks up bytes by their digest. Content-addressed, so asking twice gives the same answer and a
/// decision stays a function of its inputs.
@FunctionalInterface
public interface BlobSource {
    /// The bytes, or null when they are not stored.
    ///
    /// @throws UnavailableException when nobody can say now whether they are stored; it ends the
    ///     decision, which is to be made again later
    byte @Nullable [] find(Digest digest);

    /// The store did not answer. It says nothing about the content.
    class UnavailableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        /// @param message what was asked and what went wrong
        public UnavailableException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
