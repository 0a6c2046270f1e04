package dev.driftledger.drift.defaults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// NetworkPolicy, RBAC, IngressClass, PriorityClass, flow control, device claims (networking/v1,
/// rbac/v1, scheduling/v1, flowcontrol/v1, resource/v1), and what 1.30 to 1.36 also serve of them.
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
        flowControl(table, "flowcontrol.v1.");
        flowControl(table, "flowcontrol.v1beta3.");
        devices(table, "resource.v1.", List.of("ExactDeviceRequest", "DeviceSubRequest"));
        devices(table, "resource.v1beta2.", List.of("ExactDeviceRequest", "DeviceSubRequest"));
        devices(table, "resource.v1beta1.", List.of("DeviceRequest", "DeviceSubRequest"));
        devices(table, "resource.v1alpha3.", List.of("DeviceRequest", "DeviceSubRequest"));
        table.row("resource.v1alpha2.ResourceClaimSpec", "allocationMode", "WaitForFirstConsumer");
    }

    private static void flowControl(DefaultTable table, String prefix) {
        String queuing = prefix + "QueuingConfiguration";
        String limited = prefix + "LimitedPriorityLevelConfiguration";
        String exempt = prefix + "ExemptPriorityLevelConfiguration";
        table.row(queuing, "queues", 64)
                .row(queuing, "handSize", 8)
                .row(queuing, "queueLengthLimit", 50)
                .row(limited, "nominalConcurrencyShares", 30)
                .row(limited, "lendablePercent", 0)
                .row(exempt, "nominalConcurrencyShares", 0)
                .row(exempt, "lendablePercent", 0)
                .row(prefix + "FlowSchemaSpec", "matchingPrecedence", 1000);
    }

    /// Of 1.31 and 1.32 the requests are `DeviceRequest`s, from 1.33 on one level deeper.
    private static void devices(DefaultTable table, String prefix, List<String> requests) {
        for (String request : requests) {
            table.row(prefix + request, "allocationMode", PolicyDefaults::allocation)
                    .row(prefix + request, "count", PolicyDefaults::deviceCount);
        }
    }

    /// A request that offers alternatives has no mode of its own.
    private static @Nullable JsonNode allocation(Scope scope) {
        boolean offers = !scope.self().path("firstAvailable").isEmpty();
        return offers ? null : DefaultTable.text("ExactCount");
    }

    private static @Nullable JsonNode deviceCount(Scope scope) {
        String mode = scope.text("allocationMode");
        if (allocation(scope) == null) {
            return null;
        }
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
