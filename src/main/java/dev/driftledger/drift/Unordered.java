package dev.driftledger.drift;

import dev.driftledger.drift.defaults.Scope;
import java.util.Set;

/// Lists that the schema calls atomic, but whose order the API server or a controller changes.
final class Unordered {
    /// Above this many items order is taken to matter, so that matching stays cheap.
    static final int SIZE_MAX = 64;

    private static final Set<String> FIELDS =
            Set.of(
                    "HorizontalPodAutoscalerSpec.metrics",
                    "Endpoints.subsets",
                    "EndpointSubset.addresses",
                    "EndpointSubset.notReadyAddresses",
                    "EndpointSubset.ports");

    private Unordered() {}

    /// Whether the list at this place, entered already, may stand in any order.
    static boolean is(Place at) {
        Scope outer = at.desired() == null ? null : at.desired().outer();
        if (outer == null) {
            return false;
        }
        String type = outer.type().substring(outer.type().lastIndexOf('.') + 1);
        return FIELDS.contains(type + "." + at.name());
    }
}
