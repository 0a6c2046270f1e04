package dev.driftledger.ledger;

import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/// The files of one log, wherever they lie: `checkpoint`, `key`, `tile/…`, `checkpoints/<size>`,
/// `blobs/sha256/<aa>/<hex>`. Implementations are safe for use by several threads.
public interface LogFiles {
    /// The content of a file.
    ///
    /// @param path relative to the log, such as `tile/0/000`
    /// @param sizeMaxBytes what the caller can use; of a larger file come that many and one more,
    ///     so that the caller sees that it is larger
    /// @return null when there is no such file
    /// @throws UnreadableException when it cannot be told whether there is one, or what is in it
    byte @Nullable [] read(String path, int sizeMaxBytes) throws UnreadableException;

    /// The sizes for which a checkpoint is stored; empty when that cannot be told.
    ///
    /// @throws UnreadableException when the place cannot be read
    SortedSet<Long> checkpointSizes() throws UnreadableException;

    /// The paths of all files; empty when that cannot be told, as over HTTP.
    ///
    /// @throws UnreadableException when the place cannot be read
    SortedSet<String> paths() throws UnreadableException;

    /// The place where the files lie does not answer, which says nothing about the log.
    final class UnreadableException extends Exception {
        private static final long serialVersionUID = 1L;

        /// Says which file, and why.
        public UnreadableException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
