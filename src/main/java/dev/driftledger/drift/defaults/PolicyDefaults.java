package dev.driftledger.drift.defaults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// NetworkPolicy, RBAC, IngressClass, PriorityClass, flow control, device claims (networking/v1,
/// rbac/v1, scheduling/v1, flowcontrol/v1, resource/v1).
final class PolicyDefaults {
    private static final String RBAC = "rbac.authorization.k8s.io";

    private PolicyDefaults() {}

    static void fill(DefaultTable table) {
        table.row("networking.v1.NetworkPolicySpec", "policyTypes", PolicyDefaults::types)
                .empty("networking.v1.NetworkPolicySpec", "podSelector")
                .row("networking.v1.NetworkPolicyPort", "protocol", "TCP")
                .row("networking.v1.IngressClassParametersReference", "scope", "Cluster")
                .row("rbac.v1.RoleRef", "apiGroup", RBAC)
                .row("rbac.v1.Subject", "apiGroup", PolicyDefaults::subjectGroup)
                .row("scheduling.v1.PriorityClass", "preemptionPolicy", "PreemptLowerPriority");
        flowControl(table);
        for (String request : List.of("ExactDeviceRequest", "DeviceSubRequest")) {
            table.row("resource.v1." + request, "allocationMode", "ExactCount")
                    .row("resource.v1." + request, "count", PolicyDefaults::deviceCount);
        }
    }

    private static void flowControl(DefaultTable table) {
        String queuing = "flowcontrol.v1.QueuingConfiguration";
        String limited = "flowcontrol.v1.LimitedPriorityLevelConfiguration";
        table.row(queuing, "queues", 64)
                .row(queuing, "handSize", 8)
                .row(queuing, "queueLengthLimit", 50)
                .row(limited, "nominalConcurrencyShares", 30)
                .row(limited, "lendablePercent", 0)
                .row("flowcontrol.v1.FlowSchemaSpec", "matchingPrecedence", 1000);
    }

    private static @Nullable JsonNode deviceCount(Scope scope) {
        String mode = scope.text("allocationMode");
        return mode.isEmpty() || mode.equals("ExactCount") ? IntNode.valueOf(1) : null;
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
