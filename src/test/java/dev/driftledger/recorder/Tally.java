package dev.driftledger.recorder;

import java.util.Map;
import java.util.TreeMap;

/// What was done and what was found.
final class Tally {
    private final Map<String, Integer> byKind = new TreeMap<>();
    private final Map<String, Integer> byActor = new TreeMap<>();
    private final Map<String, Integer> bySort = new TreeMap<>();
    private final Map<String, Integer> unchanged = new TreeMap<>();
    private int changes;
    private int refused;
    private int found;
    private int withoutTrace;
    private int open;

    void change(String kind, String actor, String sort) {
        changes++;
        byKind.merge(kind, 1, Integer::sum);
        byActor.merge(actor, 1, Integer::sum);
        bySort.merge(sort, 1, Integer::sum);
    }

    void refused() {
        refused++;
    }

    void unchanged(String sort) {
        unchanged.merge(sort, 1, Integer::sum);
    }

    /// A finding that was expected and is there.
    ///
    /// @param named false where the API server keeps no trace of who did it
    void found(boolean named) {
        found++;
        withoutTrace += named ? 0 : 1;
    }

    /// A place where a finding may be or not.
    void open() {
        open++;
    }

    int changes() {
        return changes;
    }

    @Override
    public String toString() {
        return String.join(
                System.lineSeparator(),
                changes + " changes, " + refused + " refused, changed nothing " + unchanged,
                "by kind " + byKind,
                "by actor " + byActor,
                "by sort " + bySort,
                found
                        + " expected findings seen open at their place, "
                        + withoutTrace
                        + " of them removals of which the API server keeps no author, "
                        + open
                        + " where a controller or the applier itself may write");
    }
}
