package dev.driftledger.drift.defaults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.jspecify.annotations.Nullable;

/// Service, Endpoints, EndpointSlice, Secret, Ingress backends, addresses of Nodes
/// (pkg/apis/core/v1, discovery/v1).
final class ServiceDefaults {
    private ServiceDefaults() {}

    static void fill(DefaultTable table) {
        String spec = "core.v1.ServiceSpec";
        table.row(spec, "type", "ClusterIP")
                .row(spec, "sessionAffinity", "None")
                .row(spec, "sessionAffinityConfig", ServiceDefaults::affinity)
                .row(spec, "internalTrafficPolicy", s -> isNamed(s) ? null : text("Cluster"))
                .row(spec, "externalTrafficPolicy", s -> isExternal(s) ? text("Cluster") : null)
                .row(
                        spec,
                        "allocateLoadBalancerNodePorts",
                        s -> isBalanced(s) ? BooleanNode.TRUE : null)
                .row("core.v1.SessionAffinityConfig", "clientIP", _ -> DefaultTable.struct())
                .row("core.v1.ClientIPConfig", "timeoutSeconds", 10800)
                .row("core.v1.ServicePort", "protocol", "TCP")
                .row("core.v1.ServicePort", "targetPort", s -> s.self().get("port"))
                .row("core.v1.EndpointPort", "protocol", "TCP")
                .row("discovery.v1.EndpointPort", "name", "")
                .row("discovery.v1.EndpointPort", "protocol", "TCP")
                .row("core.v1.Secret", "type", "Opaque")
                .row("core.v1.NodeSpec", "podCIDRs", ServiceDefaults::podRanges)
                .row("networking.v1.HTTPIngressPath", "pathType", "ImplementationSpecific");
    }

    private static @Nullable JsonNode affinity(Scope scope) {
        return scope.text("sessionAffinity").equals("ClientIP") ? DefaultTable.struct() : null;
    }

    private static @Nullable JsonNode podRanges(Scope scope) {
        JsonNode range = scope.self().get("podCIDR");
        return range == null ? null : JsonNodeFactory.instance.arrayNode().add(range);
    }

    private static boolean isNamed(Scope scope) {
        return scope.text("type").equals("ExternalName");
    }

    private static boolean isBalanced(Scope scope) {
        return scope.text("type").equals("LoadBalancer");
    }

    private static boolean isExternal(Scope scope) {
        return isBalanced(scope)
                || scope.text("type").equals("NodePort")
                || !scope.self().path("externalIPs").isEmpty();
    }

    private static JsonNode text(String value) {
        return DefaultTable.text(value);
    }
}
