package dev.driftledger.sandbox;

import org.jspecify.annotations.Nullable;

/// An embedded part could not do what it was asked; the message names the part and what to do.
public final class SandboxException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// `cause` is null where no other exception is behind this one.
    public SandboxException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
