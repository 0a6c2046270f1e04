package dev.driftledger.store;

/// The database does not hold what was committed to it: rows are gone or were changed. Nothing may
/// be signed on top of that; compare with a checkpoint from outside and restore from a backup.
public final class DamagedStoreException extends RuntimeException {
    DamagedStoreException(String cluster, String problem) {
        super(
                "stored log of cluster "
                        + cluster
                        + ": "
                        + problem
                        + "; sign nothing, compare with an anchored checkpoint"
                        + " and restore a backup");
    }
}
