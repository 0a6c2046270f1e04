package dev.driftledger.desired;

import org.jspecify.annotations.Nullable;

/// A source cannot be read just now: unreachable, refused, or its branch or commit is gone. The
/// message names what and why, without credentials.
public final class SourceException extends Exception {
    private static final long serialVersionUID = 1L;

    SourceException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /// Never null, unlike that of most exceptions.
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
