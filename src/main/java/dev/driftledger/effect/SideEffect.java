package dev.driftledger.effect;

import dev.driftledger.model.Labelled;

/// Something the platform made up for a resource.
///
/// @param type what it is
/// @param path where it was read, as in `status.loadBalancer.ingress[0].ip`
/// @param value as text
public record SideEffect(Type type, String path, String value) {
    /// What sort of side effect it is.
    public enum Type implements Labelled {
        LOAD_BALANCER_ADDRESS,
        CLUSTER_IP,
        NODE_PORT,
        VOLUME_BINDING,
        /// The storage system's handle of a volume.
        VOLUME_HANDLE,
        /// Read by probes, not out of objects.
        DNS_RECORD,
        /// The fingerprint of an injected or issued certificate.
        CERTIFICATE
    }
}
