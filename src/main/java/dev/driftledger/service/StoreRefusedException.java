package dev.driftledger.service;

import dev.driftledger.recorder.BlobSource;

/// The database refuses, or holds what nobody can read: trying again would not help.
final class StoreRefusedException extends BlobSource.UnavailableException {
    private static final long serialVersionUID = 1L;

    StoreRefusedException(String what, Throwable cause) {
        super(what + ": " + cause.getMessage(), cause);
    }
}
