package dev.driftledger.recorder;

import java.util.Locale;

/// The maps that recorder state consists of; a [StateChange#part()] is the name in lower case.
enum Part {
    SOURCE(Row.Chain.class),
    CLUSTER(Row.Name.class),
    CLOCK(Row.Clock.class),
    CONFIG(Row.Settings.class),
    WATCH(Row.Watch.class),
    SCHEMA(Row.Schema.class),
    RESOURCE(Row.Resource.class),
    TOMBSTONE(Row.Tombstone.class),
    APPLICATION(ApplicationRow.class),
    LIST_PART(Row.ListPart.class),
    MEMBER(Row.Member.class),
    TOLERATED(Row.Tolerated.class),
    FINDING(Row.Finding.class),
    AUDIT(Row.Audit.class);

    /// The key of parts that have one row only.
    static final String SINGLE = "";

    private final Class<? extends Row> rowClass;

    Part(Class<? extends Row> rowClass) {
        this.rowClass = rowClass;
    }

    Class<? extends Row> rowClass() {
        return rowClass;
    }

    /// As it stands in stored state, underscores and all, unlike what entries spell.
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// @throws IllegalArgumentException when no part has this label
    static Part ofLabel(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
