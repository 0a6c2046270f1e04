package dev.driftledger.service;

import dev.driftledger.intake.Received;

/// The recorder failed on a record: a defect. The record is recorded as malformed instead, so that
/// one record stops nothing else and none is lost without a word.
final class UndecidableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Received received;

    UndecidableException(Received received, Throwable cause) {
        super(
                "recorder failed on intake record "
                        + received.partition()
                        + "/"
                        + received.offset()
                        + " ("
                        + received.record().getClass().getSimpleName()
                        + ")",
                cause);
        this.received = received;
    }

    Received received() {
        return received;
    }
}
