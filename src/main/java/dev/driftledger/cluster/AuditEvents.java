package dev.driftledger.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// Kubernetes audit events, as far as they may be kept.
final class AuditEvents {
    private static final List<String> BODIES = List.of("requestObject", "responseObject");

    private AuditEvents() {}

    /// A copy without the bodies of request and answer, which hold Secrets unredacted.
    static ObjectNode withoutBodies(ObjectNode event) {
        ObjectNode copy = event.deepCopy();
        copy.remove(BODIES);
        return copy;
    }
}
