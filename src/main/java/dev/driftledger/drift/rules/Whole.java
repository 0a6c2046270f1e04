package dev.driftledger.drift.rules;

import dev.driftledger.model.Labelled;
import java.util.Set;
import java.util.TreeSet;

/// What can be wrong with a resource that is on one side only.
public enum Whole implements Labelled {
    /// Applied, and the cluster does not have it.
    MISSING,
    /// Once applied, named by git no more, and still there.
    EXTRA,
    /// In an application's reach, and never named.
    UNMANAGED;

    /// The names of all kinds of difference between two sides.
    static final Set<String> FIELDS = Set.of("changed", "removed", "extra-owned", "overlay");

    /// Every difference between two sides, and these.
    static Set<String> fieldsAnd(Whole... wholes) {
        Set<String> kinds = new TreeSet<>(FIELDS);
        for (Whole each : wholes) {
            kinds.add(each.label());
        }
        return kinds;
    }
}
