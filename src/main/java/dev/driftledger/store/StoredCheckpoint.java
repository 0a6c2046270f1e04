package dev.driftledger.store;

import dev.driftledger.model.Digest;
import java.time.Instant;

/// A checkpoint that was signed.
///
/// @param size number of entries it commits to
/// @param root of the tree over them
/// @param note the signed note, whole: text, blank line, signature lines
/// @param signedAt when, in milliseconds
public record StoredCheckpoint(long size, Digest root, String note, Instant signedAt) {}
