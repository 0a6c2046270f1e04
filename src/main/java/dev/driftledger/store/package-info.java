/// PostgreSQL: entries, blobs, tile hashes, checkpoints, recorder state, and the questions asked of
/// them at a moment. Batches come in and are stored whole or not at all; rows that hold evidence
/// are inserted and never changed. Only this package knows SQL.
@NullMarked
package dev.driftledger.store;

import org.jspecify.annotations.NullMarked;
