package dev.driftledger.recorder;

import java.util.Locale;

/// What holds for one resource of an application, ordered as reports count it.
enum Standing {
    IN_SYNC,
    DRIFTED,
    MISSING,
    UNMANAGED,
    EXTRA,
    PENDING,
    UNKNOWN;

    /// As entries spell it: `in-sync`.
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// As the counts of a snapshot spell it: `inSync`.
    String countName() {
        return this == IN_SYNC ? "inSync" : label();
    }

    /// The worst that parts with these counts make of their application.
    static Standing worst(int[] counts) {
        if (counts[UNKNOWN.ordinal()] > 0) {
            return UNKNOWN;
        }
        for (Standing bad : new Standing[] {DRIFTED, MISSING, UNMANAGED, EXTRA}) {
            if (counts[bad.ordinal()] > 0) {
                return DRIFTED;
            }
        }
        return counts[PENDING.ordinal()] > 0 ? PENDING : IN_SYNC;
    }
}
