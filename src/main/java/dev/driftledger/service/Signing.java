package dev.driftledger.service;

/// How the signing of a log stands.
sealed interface Signing {
    /// All that is stored was signed, when it was looked at last.
    record Signed() implements Signing {}

    /// The database holds less of the log than was signed, as one does that was restored from an
    /// old copy. Nothing is signed until the recorder has made the rest again from the intake,
    /// which is the same bytes.
    ///
    /// @param size how many entries are stored
    /// @param signedSize how many were signed
    record Behind(long size, long signedSize) implements Signing {}

    /// The database holds another history than was signed, or is damaged. Nothing is signed any
    /// more until a person has mended it and started the service again.
    ///
    /// @param why for that person
    record Frozen(String why) implements Signing {}
}
