package dev.driftledger.drift;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Labels and annotations that the API server makes out of the rest of the object.
///
/// Whoever creates the object becomes their owner, a human's tool too, and cannot choose their
/// value; so the value tells, not the owner.
final class Derived {
    private static final String NAME_LABEL = "metadata.labels[kubernetes.io/metadata.name]";
    private static final String GENERATION =
            "metadata.annotations[deprecated.daemonset.template.generation]";

    /// Kinds whose labels are those of their template when they are given none
    /// (pkg/apis/core/v1/defaults.go, pkg/apis/batch/v1/defaults.go).
    private static final Set<String> LABELLED_BY_TEMPLATE = Set.of("Job", "ReplicationController");

    private Derived() {}

    /// The rule that explains such a value, which git does not name; null when none does.
    static @Nullable String rule(ObjectNode desired, ObjectNode live, FieldPath path) {
        String kind = live.path("kind").asText();
        JsonNode value = path.in(live);
        String spelled = path.spelled();
        if (kind.equals("Namespace")
                && spelled.equals(NAME_LABEL)
                && value.equals(live.path("metadata").path("name"))) {
            return "allocated:namespace-name";
        }
        if (kind.equals("DaemonSet") && spelled.equals(GENERATION)) {
            return "allocated:rollout";
        }
        FieldPath map = path.outer();
        boolean label =
                LABELLED_BY_TEMPLATE.contains(kind)
                        && map != null
                        && map.spelled().equals("metadata.labels");
        JsonNode template = live.path("spec").path("template").path("metadata").path("labels");
        return label
                        && desired.path("metadata").path("labels").isEmpty()
                        && value.equals(template.path(path.text()))
                ? "allocated:template-labels"
                : null;
    }
}
