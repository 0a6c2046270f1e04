package dev.driftledger.drift;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.model.ResourceKey;
import java.util.Set;

/// Objects that the API server, controllers and well-known tools make by themselves, so that
/// nobody needs to name them.
public final class Generated {
    private static final Set<String> KINDS =
            Set.of(
                    "Endpoints",
                    "EndpointSlice",
                    "ControllerRevision",
                    "Event",
                    "Lease",
                    "PodMetrics",
                    "CertificateRequest",
                    "Order",
                    "Challenge");

    private static final Set<String> SECRET_TYPES =
            Set.of("kubernetes.io/service-account-token", "helm.sh/release.v1");

    private Generated() {}

    /// Whether all objects of a kind are generated.
    public static boolean isKind(String kind) {
        return KINDS.contains(kind);
    }

    /// Whether this object is, though not all of its kind are.
    public static boolean is(ResourceKey key, ObjectNode live) {
        String name = key.name();
        JsonNode metadata = live.path("metadata");
        return switch (key.kind()) {
            case "ConfigMap" ->
                    name.equals("kube-root-ca.crt")
                            || name.equals("openshift-service-ca.crt")
                            || name.startsWith("istio-ca-");
            case "ServiceAccount" -> name.equals("default");
            case "Service" -> key.namespace().equals("default") && name.equals("kubernetes");
            case "Secret" ->
                    name.startsWith("sh.helm.release.")
                            || name.contains("-token-")
                            || SECRET_TYPES.contains(live.path("type").asText())
                            || metadata.path("annotations").has("cert-manager.io/certificate-name");
            default -> !metadata.path("ownerReferences").isEmpty();
        };
    }
}
