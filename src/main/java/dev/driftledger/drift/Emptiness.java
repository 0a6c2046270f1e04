package dev.driftledger.drift;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/// When something empty means the same as nothing.
///
/// `limits: {}`, `env: []`, `value: ""`, `hostNetwork: false` say nothing; `podSelector: {}`
/// selects everything, `emptyDir: {}` is a volume, `runAsUser: 0` is root, and an entry of a map is
/// there whatever its value: a node selector often is a key with an empty text.
final class Emptiness {
    /// Fields that the API keeps apart from their absence even when zero.
    private static final Set<String> ZERO_MATTERS =
            Set.of(
                    "runAsUser",
                    "runAsGroup",
                    "fsGroup",
                    "runAsNonRoot",
                    "allowPrivilegeEscalation",
                    "automountServiceAccountToken",
                    "hostUsers",
                    "minAvailable",
                    "maxUnavailable",
                    "terminationGracePeriodSeconds",
                    "activeDeadlineSeconds",
                    "ttlSecondsAfterFinished",
                    "stabilizationWindowSeconds",
                    "replicas",
                    "minReplicas",
                    "backoffLimit",
                    "backoffLimitPerIndex",
                    "maxFailedIndexes",
                    "tolerationSeconds",
                    "startingDeadlineSeconds",
                    "enableServiceLinks",
                    "ready",
                    "serving",
                    "mode",
                    "default",
                    "parallelism",
                    "completions",
                    "weight",
                    "priority",
                    "storageClassName");

    /// Types of which one member is chosen by being there, even empty.
    private static final Set<String> UNIONS =
            Set.of(
                    "Volume",
                    "VolumeProjection",
                    "EnvVarSource",
                    "NetworkPolicyPeer",
                    "LifecycleHandler",
                    "PersistentVolumeSpec",
                    "DeploymentStrategy",
                    "JSONSchemaProps");

    private Emptiness() {}

    /// Whether the value says no more than the field's absence would.
    static boolean saysNothing(Place at, JsonNode value) {
        if (value.isNull() || value.isMissingNode()) {
            return true;
        }
        if (value.isArray()) {
            return value.isEmpty() && !(isSchema(at) && at.name().equals("default"));
        }
        if (value.isObject()) {
            return objectSaysNothing(at, value);
        }
        return isZero(value)
                && at.around() != Shape.Form.MAP
                && !(isSchema(at) && value.isNumber())
                && (isPlainText(at) || !ZERO_MATTERS.contains(at.name()));
    }

    private static boolean objectSaysNothing(Place at, JsonNode value) {
        if (at.shape().form() != Shape.Form.MAP && isChoice(at)) {
            return false;
        }
        if (value.isEmpty()) {
            return true;
        }
        Place inside = at.enter(value, value);
        return value.propertyStream()
                .allMatch(e -> saysNothing(inside.field(e.getKey()), e.getValue()));
    }

    private static boolean isChoice(Place at) {
        String name = at.name();
        return name.equals("selector")
                || name.endsWith("Selector")
                || UNIONS.contains(at.outerType());
    }

    /// Every number of a schema is a bound, and none is no bound.
    private static boolean isSchema(Place at) {
        return at.outerType().equals("JSONSchemaProps");
    }

    /// A volume's class is a plain text, where a claim's may be empty on purpose.
    private static boolean isPlainText(Place at) {
        return at.outerType().equals("PersistentVolumeSpec");
    }

    private static boolean isZero(JsonNode value) {
        if (value.isTextual()) {
            return value.asText().isEmpty();
        }
        if (value.isBoolean()) {
            return !value.asBoolean();
        }
        return value.isNumber() && value.asDouble() == 0;
    }
}
