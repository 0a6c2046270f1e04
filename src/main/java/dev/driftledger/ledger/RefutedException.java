package dev.driftledger.ledger;

/// A signature or a proof was readable and does not hold. What cannot be read at all is an
/// [IllegalArgumentException] instead.
public final class RefutedException extends Exception {
    private static final long serialVersionUID = 1L;

    /// Says what was expected and what was found.
    public RefutedException(String message) {
        super(message);
    }
}
