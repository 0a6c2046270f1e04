package dev.driftledger.drift;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How many replicas an autoscaler may give its target, bounds included.
record AutoscalerRange(long min, long max) {
    static final String PATH = "spec.replicas";

    /// The range of the first autoscaler among these that targets the object; null when none does.
    static @Nullable AutoscalerRange of(List<ObjectNode> related, ObjectNode target) {
        for (ObjectNode each : related) {
            JsonNode spec = each.path("spec");
            JsonNode ref = spec.path("scaleTargetRef");
            if (each.path("kind").asText().equals("HorizontalPodAutoscaler")
                    && namespace(each).equals(namespace(target))
                    && ref.path("kind").equals(target.path("kind"))
                    && ref.path("name").equals(target.path("metadata").path("name"))) {
                return new AutoscalerRange(
                        spec.path("minReplicas").asLong(1), spec.path("maxReplicas").asLong(1));
            }
        }
        return null;
    }

    boolean holds(JsonNode replicas) {
        return replicas.isIntegralNumber() && replicas.asLong() >= min && replicas.asLong() <= max;
    }

    private static String namespace(JsonNode object) {
        return object.path("metadata").path("namespace").asText();
    }
}
