package dev.driftledger.drift;

import com.fasterxml.jackson.databind.JsonNode;

/// Tells values that admission changed on their way into the API server.
///
/// The API server notes owners before admission runs, so the applier owns a value that it never
/// asked for. That is told from a change by somebody else only where what the applier asked for is
/// known: from its copy in the annotation, or from what was applied before. Who writes under the
/// applier's name looks the same; so it counts, and is reported once.
final class OnTheWay {
    static final String RULE = "changed-on-the-way";
    static final String WORDS =
            "its applier asked for git's value and owns the field alone, so admission changed it on"
                    + " the way, or somebody who writes under the applier's name";

    private final Applier applier;

    OnTheWay(Applier applier) {
        this.applier = applier;
    }

    /// Whether the value differs because admission changed it.
    ///
    /// @param entry the one that owns the path
    boolean isChange(Sides sides, FieldOwners owners, FieldOwners.Entry entry) {
        Place at = sides.at();
        String path = at.path().spelled();
        if (!applier.is(entry) || !entry.ownsExactly(path) || isShared(owners, entry, path)) {
            return false;
        }
        JsonNode asked = applier.lastAsked(at.path(), entry);
        return isSame(at, asked, sides.desired())
                && !applier.everAsked(at.path(), value -> isSame(at, value, sides.live()));
    }

    /// A field in which both sides differ.
    record Sides(Place at, JsonNode desired, JsonNode live) {}

    private static boolean isShared(FieldOwners owners, FieldOwners.Entry own, String path) {
        for (FieldOwners.Entry each : owners.entries()) {
            if (!each.equals(own) && each.ownsExactly(path)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSame(Place at, JsonNode one, JsonNode other) {
        return one.equals(other)
                || (one.isValueNode()
                        && other.isValueNode()
                        && Scalars.same(at.shape(), one, other) != null);
    }
}
