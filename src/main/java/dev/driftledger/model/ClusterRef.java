package dev.driftledger.model;

/// One Kubernetes API server being watched.
///
/// @param uid the UID of its `kube-system` namespace: the cluster's identity, 1 to 64 characters of
///     `[0-9A-Za-z-]`
/// @param name what people call it, free text of 1 to 253 characters; no identity
public record ClusterRef(String uid, String name) {
    public ClusterRef {
        if (!uid.matches("[0-9A-Za-z-]{1,64}")) {
            throw new IllegalArgumentException(
                    "cluster uid must be 1 to 64 of [0-9A-Za-z-], got '" + uid + "'");
        }
        if (name.isBlank() || name.length() > 253 || name.chars().anyMatch(c -> c < ' ')) {
            throw new IllegalArgumentException(
                    "cluster name must have 1 to 253 characters and no control characters");
        }
    }
}
