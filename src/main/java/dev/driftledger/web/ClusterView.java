package dev.driftledger.web;

import dev.driftledger.model.ClusterRef;

/// One watched cluster.
///
/// @param uid its identity, the UID of its `kube-system` namespace
/// @param name what people call it
record ClusterView(String uid, String name) {
    static ClusterView of(ClusterRef cluster) {
        return new ClusterView(cluster.uid(), cluster.name());
    }
}
