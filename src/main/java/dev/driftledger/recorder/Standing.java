package dev.driftledger.recorder;

import dev.driftledger.model.Labelled;
import java.util.Map;

/// What holds for one resource of an application, ordered as reports count it.
enum Standing implements Labelled {
    IN_SYNC,
    /// In sync but for what ignore rules hide.
    IGNORED,
    DRIFTED,
    MISSING,
    UNMANAGED,
    EXTRA,
    PENDING,
    UNKNOWN;

    /// As the counts of a snapshot spell it: `inSync`.
    String countName() {
        return this == IN_SYNC ? "inSync" : label();
    }

    /// The worst that parts with these counts make of their application.
    static Standing worst(Map<Standing, Integer> counts) {
        if (some(counts, UNKNOWN)) {
            return UNKNOWN;
        }
        if (some(counts, DRIFTED)
                || some(counts, MISSING)
                || some(counts, UNMANAGED)
                || some(counts, EXTRA)) {
            return DRIFTED;
        }
        return some(counts, PENDING) ? PENDING : IN_SYNC;
    }

    private static boolean some(Map<Standing, Integer> counts, Standing standing) {
        return counts.getOrDefault(standing, 0) > 0;
    }
}
