package dev.driftledger.drift.defaults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/// HorizontalPodAutoscaler (pkg/apis/autoscaling/v1 and v2).
final class AutoscalingDefaults {
    private static final int CPU_PERCENT = 80;

    private AutoscalingDefaults() {}

    static void fill(DefaultTable table) {
        String v2 = "autoscaling.v2.HorizontalPodAutoscalerSpec";
        String v1 = "autoscaling.v1.HorizontalPodAutoscalerSpec";
        String behavior = "autoscaling.v2.HorizontalPodAutoscalerBehavior";
        String rules = "autoscaling.v2.HPAScalingRules";
        table.row(v2, "minReplicas", 1)
                .row(v1, "minReplicas", 1)
                .row(v1, "targetCPUUtilizationPercentage", CPU_PERCENT)
                .row(v2, "metrics", _ -> cpu())
                .row(behavior, "scaleUp", s -> s.self().isEmpty() ? null : DefaultTable.struct())
                .row(behavior, "scaleDown", s -> s.self().isEmpty() ? null : DefaultTable.struct())
                .row(rules, "selectPolicy", "Max")
                .row(rules, "stabilizationWindowSeconds", AutoscalingDefaults::window)
                .row(rules, "policies", AutoscalingDefaults::policies);
    }

    private static JsonNode cpu() {
        ObjectNode metric = DefaultTable.struct().put("type", "Resource");
        metric.putObject("resource")
                .put("name", "cpu")
                .putObject("target")
                .put("type", "Utilization")
                .put("averageUtilization", CPU_PERCENT);
        return JsonNodeFactory.instance.arrayNode().add(metric);
    }

    private static @Nullable JsonNode window(Scope scope) {
        return isUp(scope) ? IntNode.valueOf(0) : null;
    }

    private static JsonNode policies(Scope scope) {
        ArrayNode policies = JsonNodeFactory.instance.arrayNode();
        if (isUp(scope)) {
            policies.add(policy("Pods", 4));
        }
        return policies.add(policy("Percent", 100));
    }

    private static ObjectNode policy(String type, int value) {
        return DefaultTable.struct().put("type", type).put("value", value).put("periodSeconds", 15);
    }

    private static boolean isUp(Scope scope) {
        return scope.name().equals("scaleUp");
    }
}
