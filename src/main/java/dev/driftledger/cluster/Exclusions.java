package dev.driftledger.cluster;

import dev.driftledger.model.ResourceType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which types are left out on purpose, and why.
///
/// Endpoints and EndpointSlices are not among the built-in ones: manifests may name them.
final class Exclusions {
    private static final Map<String, String> BUILT_IN =
            Map.of(
                    "events", "reports what happened, is no state",
                    "events.events.k8s.io", "reports what happened, is no state",
                    "leases.coordination.k8s.io", "renewed every few seconds, holds no settings",
                    "leasecandidates.coordination.k8s.io", "election in progress, no settings",
                    "componentstatuses", "computed when asked for, is not stored");

    private final Set<String> excluded;
    private final Set<String> included;

    /// @param excluded `plural.group`, or `plural` for the core group
    /// @param included the same, taken out of the built-in exclusions
    Exclusions(List<String> excluded, List<String> included) {
        this.excluded = Set.copyOf(excluded);
        this.included = Set.copyOf(included);
    }

    /// Null when the type is to be watched.
    @Nullable String reason(ResourceType type) {
        String id = type.group().isEmpty() ? type.plural() : type.plural() + "." + type.group();
        if (excluded.contains(id)) {
            return "excluded by driftledger.cluster.excluded-types";
        }
        if (included.contains(id)) {
            return null;
        }
        if (type.group().endsWith("metrics.k8s.io")) {
            return "measurements, is not stored";
        }
        return BUILT_IN.get(id);
    }
}
