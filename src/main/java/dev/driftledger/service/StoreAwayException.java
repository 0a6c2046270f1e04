package dev.driftledger.service;

import dev.driftledger.recorder.BlobSource;

/// The database did not answer, or said that it cannot now: try again later.
final class StoreAwayException extends BlobSource.UnavailableException {
    private static final long serialVersionUID = 1L;

    StoreAwayException(String what, Throwable cause) {
        super(what + ": " + cause.getMessage(), cause);
    }
}
