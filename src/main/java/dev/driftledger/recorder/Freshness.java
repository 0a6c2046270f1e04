package dev.driftledger.recorder;

import dev.driftledger.model.IntakeRecord.ObjectObserved;
import dev.driftledger.model.ResourceType;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// Tells news from what was seen before. A watch that goes on at an older version tells some
/// changes again; versions of one object are numbers that grow (KEP-5504).
final class Freshness {
    private static final int DIGITS_MAX = 18;

    private Freshness() {}

    /// Whether this version, or a later one of the same object, was seen already. A list is
    /// believed whatever its versions, because a restored cluster counts from before.
    static boolean known(RecorderState state, ObjectObserved seen, Row.@Nullable Resource row) {
        String uid = seen.object().path("metadata").path("uid").asText();
        String version = seen.object().path("metadata").path("resourceVersion").asText();
        if (row == null || !row.uid().equals(uid)) {
            return !seen.initial() && state.tombstones().containsKey(uid);
        }
        if (row.unreadable() != null) {
            return false;
        }
        return row.resourceVersion().equals(version)
                || (!seen.initial() && older(version, row.resourceVersion()));
    }

    private static boolean older(String version, String than) {
        return number(version) && number(than) && Long.parseLong(version) < Long.parseLong(than);
    }

    private static boolean number(String version) {
        return !version.isEmpty()
                && version.length() <= DIGITS_MAX
                && version.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /// Notes up to where the type was seen. Objects out of a list do not count: they come in no
    /// order of versions.
    static void advance(Draft draft, ResourceType type, String version, boolean initial) {
        Row.Watch watch = draft.state().watches().get(type.path());
        if (initial || watch == null || !watch.started()) {
            return;
        }
        String last = watch.resourceVersion();
        if (last == null || older(last, version)) {
            draft.put(Part.WATCH, type.path(), new Row.Watch(type, true, version, null));
        }
    }

    /// Remembers an object that went, so that late news of it does not bring it back.
    static void bury(Draft draft, Row.Resource row) {
        SortedMap<String, Row.Tombstone> graves = draft.state().tombstones();
        if (!row.uid().isEmpty()) {
            draft.put(Part.TOMBSTONE, row.uid(), new Row.Tombstone(draft.now()));
        }
        if (graves.size() > draft.limits().tombstonesCount()) {
            draft.remove(Part.TOMBSTONE, oldest(graves));
        }
    }

    private static String oldest(SortedMap<String, Row.Tombstone> graves) {
        return graves.entrySet().stream()
                .min(
                        Map.Entry.<String, Row.Tombstone>comparingByValue(
                                        java.util.Comparator.comparing(Row.Tombstone::at))
                                .thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .orElseThrow();
    }

    /// Forgets objects that went long ago.
    static void forget(Draft draft) {
        Map.copyOf(draft.state().tombstones())
                .forEach((uid, grave) -> {
                    if (grave.at().plus(draft.limits().tombstonesKept()).isBefore(draft.now())) {
                        draft.remove(Part.TOMBSTONE, uid);
                    }
                });
    }
}
