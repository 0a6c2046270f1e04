package dev.driftledger.recorder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.drift.Difference;
import dev.driftledger.drift.Verdict;
import dev.driftledger.model.Digest;
import dev.driftledger.model.RecorderConfig;
import dev.driftledger.model.RecorderConfig.AppliedBy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Tells whether a resource got the head of its source.
///
/// Under `MANAGER` it has, once the live object lacks nothing that the head changed, or once that
/// manager wrote it after the head was known, other than just what was applied before. Under
/// `ANNOTATION` the live object says which revision it has. Under `HEAD` it always has.
final class Arrival {
    private Arrival() {}

    /// The member with what is applied by now.
    static Row.Member check(Draft draft, Row.Member member, @Nullable ObjectNode previous) {
        RecorderConfig.Application configured = draft.state().configured(member.application());
        AppliedBy.Kind kind =
                configured == null ? AppliedBy.Kind.HEAD : configured.appliedBy().kind();
        String name = configured == null ? null : configured.appliedBy().name();
        return switch (kind) {
            case HEAD -> member.head() == null ? member : applied(draft, member, member.head());
            case MANAGER -> byManager(draft, member, name, previous);
            case ANNOTATION -> byAnnotation(draft, member, name == null ? "" : name);
        };
    }

    /// The member with this applied, and what was applied before remembered.
    static Row.Member applied(Draft draft, Row.Member member, @Nullable Digest digest) {
        Digest old = member.applied();
        if (digest == null || (old != null && old.equals(digest))) {
            return member;
        }
        if (old == null) {
            return member.withApplied(digest, member.former());
        }
        List<Digest> former = new ArrayList<>();
        former.add(old);
        former.addAll(member.former());
        return member.withApplied(
                digest, former.stream().distinct().limit(draft.limits().formerCount()).toList());
    }

    private static Row.Member byManager(
            Draft draft,
            Row.Member member,
            @Nullable String manager,
            @Nullable ObjectNode previous) {
        Row.Resource row = draft.state().resources().find(member.key());
        Digest wish = member.head();
        if (!member.behind() || wish == null || row == null) {
            return member;
        }
        ObjectNode live = draft.object(row.object());
        ObjectNode head = draft.object(wish);
        if (live == null || head == null) {
            return member;
        }
        boolean written =
                previous != null
                        && wroteHead(draft, member, manager, previous)
                        && !isApplied(draft, member, live);
        return written || lacksNothing(draft, member, head, live)
                ? applied(draft, member, wish)
                : member;
    }

    private static boolean wroteHead(
            Draft draft, Row.Member member, @Nullable String manager, ObjectNode previous) {
        Row.Resource row = draft.state().resources().find(member.key());
        ApplicationRow application = draft.state().applications().get(member.application());
        ObjectNode live = row == null ? null : draft.object(row.object());
        if (live == null || application == null || application.pendingSince() == null) {
            return false;
        }
        boolean differs = Contents.differs(previous, live);
        for (JsonNode entry : live.path("metadata").path("managedFields")) {
            if (entry.path("manager").asText().equals(manager)
                    && !entry.path("subresource").asText().equals("status")
                    && (differs ? wrote(previous, entry) : newer(previous, entry))) {
                return true;
            }
        }
        return false;
    }

    /// Whether the entry was there before and has a newer time now. Taking over a field's ownership
    /// without writing it gives no newer time.
    private static boolean newer(ObjectNode previous, JsonNode entry) {
        for (JsonNode old : previous.path("metadata").path("managedFields")) {
            if (sameManager(old, entry)) {
                return entry.path("time").asText().compareTo(old.path("time").asText()) > 0;
            }
        }
        return false;
    }

    private static boolean sameManager(JsonNode a, JsonNode b) {
        return a.path("manager").equals(b.path("manager"))
                && a.path("operation").equals(b.path("operation"))
                && a.path("subresource").equals(b.path("subresource"));
    }

    /// Whether an entry of `managedFields` is new, newer or owns more than in the observation
    /// before.
    static boolean wrote(ObjectNode previous, JsonNode entry) {
        for (JsonNode old : previous.path("metadata").path("managedFields")) {
            if (sameManager(old, entry)) {
                String time = entry.path("time").asText();
                return time.compareTo(old.path("time").asText()) > 0
                        || !covers(old.path("fieldsV1"), entry.path("fieldsV1"));
            }
        }
        return true;
    }

    private static boolean covers(JsonNode wide, JsonNode narrow) {
        for (String name : (Iterable<String>) narrow::fieldNames) {
            if (!wide.has(name) || !covers(wide.path(name), narrow.path(name))) {
                return false;
            }
        }
        return true;
    }

    /// Whether the live object differs from the head only where it differs from what was applied.
    private static boolean lacksNothing(
            Draft draft, Row.Member member, ObjectNode head, ObjectNode live) {
        Verdict byHead = Judge.compare(draft, member, head, live);
        return switch (byHead) {
            case Verdict.InSync _, Verdict.Ignored _ -> true;
            case Verdict.Drifted(List<Difference> differences, _, _) ->
                    known(draft, member, live).containsAll(wishes(differences));
            case Verdict.Missing _, Verdict.Unmanaged _, Verdict.Extra _, Verdict.Unknown _ ->
                    false;
        };
    }

    /// Whether the live object is what was applied before: a write that left it so gave it no head.
    private static boolean isApplied(Draft draft, Row.Member member, ObjectNode live) {
        ObjectNode applied = member.applied() == null ? null : draft.object(member.applied());
        if (applied == null) {
            return false;
        }
        return switch (Judge.compare(draft, member, applied, live)) {
            case Verdict.InSync _, Verdict.Ignored _ -> true;
            case Verdict.Drifted _,
                    Verdict.Missing _,
                    Verdict.Unmanaged _,
                    Verdict.Extra _,
                    Verdict.Unknown _ ->
                    false;
        };
    }

    private record Wish(String path, Difference.Kind kind, @Nullable JsonNode desired) {}

    private static Set<Wish> wishes(List<Difference> differences) {
        Set<Wish> wishes = new HashSet<>();
        for (Difference difference : differences) {
            wishes.add(new Wish(difference.path(), difference.kind(), difference.desired()));
        }
        return wishes;
    }

    private static Set<Wish> known(Draft draft, Row.Member member, ObjectNode live) {
        ObjectNode applied = member.applied() == null ? null : draft.object(member.applied());
        if (applied == null) {
            return Set.of();
        }
        return Judge.compare(draft, member, applied, live) instanceof Verdict.Drifted drifted
                ? wishes(drifted.differences())
                : Set.of();
    }

    private static Row.Member byAnnotation(Draft draft, Row.Member member, String name) {
        Row.Resource row = draft.state().resources().find(member.key());
        ObjectNode live = row == null ? null : draft.object(row.object());
        ApplicationRow application = draft.state().applications().get(member.application());
        if (live == null || application == null) {
            return member;
        }
        String id = live.path("metadata").path("annotations").path(name).asText();
        if (id.isEmpty()) {
            return member.withHead(member.head(), "the live object has no annotation " + name);
        }
        for (Row.Rendered rendered : application.source().rendered()) {
            if (id.length() >= 7 && rendered.revision().id().startsWith(id)) {
                Row.Member now = member.withHead(member.head(), null);
                return applied(
                        draft, now, RenderedList.digest(draft, rendered.list(), member.key()));
            }
        }
        return member.withHead(
                member.head(), "revision " + SafeJson.text(id) + " was not rendered");
    }
}
