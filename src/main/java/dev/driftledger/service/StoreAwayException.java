package dev.driftledger.service;

import dev.driftledger.recorder.BlobSource;

/// The database did not answer, or answered with an error: try again later.
final class StoreAwayException extends BlobSource.UnavailableException {
    StoreAwayException(String what, Throwable cause) {
        super(what + ": " + cause.getMessage(), cause);
    }
}
