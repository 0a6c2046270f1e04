package dev.driftledger.cluster;

import dev.driftledger.model.ClusterRef;
import dev.driftledger.model.Redaction;

/// What all feeds of one cluster share.
///
/// @param edgeKey keys the fingerprints
/// @param tap is shown what the server sent, before redaction
record FeedContext(
        ClusterRef cluster, Outbox outbox, EdgeKey edgeKey, Redaction redaction, FrameTap tap) {

    /// The key of the fingerprints.
    byte[] fingerprintKey() {
        return edgeKey.fingerprintKey();
    }
}
