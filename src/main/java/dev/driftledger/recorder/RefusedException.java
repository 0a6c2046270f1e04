package dev.driftledger.recorder;

/// Content that the recorder's own checks refuse. The reason goes into the log, so it is always the
/// same for the same content and quotes none of it.
final class RefusedException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    RefusedException(String reason) {
        super(reason);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
