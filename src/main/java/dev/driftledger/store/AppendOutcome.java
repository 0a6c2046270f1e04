package dev.driftledger.store;

/// How an append ended when the database answered. When it did not answer, the append fails
/// instead and nobody knows what is stored: load the log again and go on from there.
public sealed interface AppendOutcome {
    /// All of it is stored, durably.
    ///
    /// @param size of the log with the batch
    record Appended(long size) implements AppendOutcome {}

    /// Nothing is stored: somebody else moved the log on. Drop the batch and load again.
    ///
    /// @param size of the log as it is stored
    /// @param intakeOffset up to which it is made
    record LostOwnership(long size, long intakeOffset) implements AppendOutcome {}
}
