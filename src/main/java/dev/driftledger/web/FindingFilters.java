package dev.driftledger.web;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which findings are asked for, as it was typed; null or empty means any.
///
/// @param application public id of an application
/// @param owner type of owner, such as `human`
/// @param from findings that were open at or after this time
/// @param to findings that opened before this time
record FindingFilters(
        @Nullable String state,
        @Nullable String cluster,
        @Nullable String application,
        @Nullable String namespace,
        @Nullable String kind,
        @Nullable String owner,
        @Nullable String from,
        @Nullable String to) {

    /// Those that are set, in a fixed order.
    public List<Frame.Parameter> parameters() {
        List<Frame.Parameter> set = new ArrayList<>();
        add(set, "state", state);
        add(set, "cluster", cluster);
        add(set, "application", application);
        add(set, "namespace", namespace);
        add(set, "kind", kind);
        add(set, "owner", owner);
        add(set, "from", from);
        add(set, "to", to);
        return set;
    }

    private static void add(List<Frame.Parameter> set, String name, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            set.add(new Frame.Parameter(name, value));
        }
    }
}
