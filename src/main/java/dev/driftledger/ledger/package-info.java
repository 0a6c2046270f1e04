/// The log as bytes: entries, the Merkle tree over them (RFC 6962), tiles, signed checkpoints,
/// proofs, and the check of all of it. Entries and hashes come in; bytes, proofs and findings of a
/// check go out. It never reads a file, a socket or a clock: callers hand it what they read.
@NullMarked
package dev.driftledger.ledger;

import org.jspecify.annotations.NullMarked;
