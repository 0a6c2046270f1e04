package dev.driftledger.drift.defaults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/// NetworkPolicy, RBAC, IngressClass (networking/v1, rbac/v1).
final class PolicyDefaults {
    private static final String RBAC = "rbac.authorization.k8s.io";

    private PolicyDefaults() {}

    static void fill(DefaultTable table) {
        table.row("networking.v1.NetworkPolicySpec", "policyTypes", PolicyDefaults::types)
                .empty("networking.v1.NetworkPolicySpec", "podSelector")
                .row("networking.v1.NetworkPolicyPort", "protocol", "TCP")
                .row("networking.v1.IngressClassParametersReference", "scope", "Cluster")
                .row("rbac.v1.RoleRef", "apiGroup", RBAC)
                .row("rbac.v1.Subject", "apiGroup", PolicyDefaults::subjectGroup);
    }

    /// `Ingress` always, `Egress` when there are rules for it.
    private static JsonNode types(Scope scope) {
        ArrayNode types = JsonNodeFactory.instance.arrayNode().add("Ingress");
        return scope.self().path("egress").isEmpty() ? types : types.add("Egress");
    }

    private static JsonNode subjectGroup(Scope scope) {
        return DefaultTable.text(scope.text("kind").equals("ServiceAccount") ? "" : RBAC);
    }
}
