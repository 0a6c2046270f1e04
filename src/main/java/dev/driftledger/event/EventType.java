package dev.driftledger.event;

import dev.driftledger.ledger.EntryType;
import org.jspecify.annotations.Nullable;

/// Which entries become events, and what those are called.
enum EventType {
    DRIFT_DETECTED(EntryType.FINDING_OPENED, "drift.detected"),
    DRIFT_CHANGED(EntryType.FINDING_UPDATED, "drift.changed"),
    DRIFT_RESOLVED(EntryType.FINDING_RESOLVED, "drift.resolved"),
    EFFECT_OBSERVED(EntryType.EFFECT_OBSERVED, "effect.observed"),
    SYNC_RECORDED(EntryType.SYNC_RECORDED, "sync.recorded"),
    OBSERVATION_GAP(EntryType.GAP, "observation.gap");

    private final EntryType entryType;
    private final String shortName;

    EventType(EntryType entryType, String shortName) {
        this.entryType = entryType;
        this.shortName = shortName;
    }

    /// The event type of an entry; null when such entries are not published.
    static @Nullable EventType of(EntryType entryType) {
        for (EventType type : values()) {
            if (type.entryType == entryType) {
                return type;
            }
        }
        return null;
    }

    /// Such as `dev.driftledger.drift.detected.v1`.
    String ceType() {
        return "dev.driftledger." + shortName + ".v1";
    }

    /// Path below the service where the JSON Schema of the data is served.
    String schemaPath() {
        return "/schemas/" + shortName + "/v1.json";
    }
}
