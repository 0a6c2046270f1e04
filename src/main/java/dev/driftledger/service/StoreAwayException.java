package dev.driftledger.service;

/// The database did not answer, or answered with an error: try again later.
final class StoreAwayException extends RuntimeException {
    StoreAwayException(String what, Throwable cause) {
        super(what + ": " + cause.getMessage(), cause);
    }
}
