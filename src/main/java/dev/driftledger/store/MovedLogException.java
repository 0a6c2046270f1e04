package dev.driftledger.store;

/// A log moved on while it was read: read it again.
public final class MovedLogException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    MovedLogException(String message) {
        super(message);
    }
}
