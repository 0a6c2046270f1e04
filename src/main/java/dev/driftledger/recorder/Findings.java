package dev.driftledger.recorder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.drift.Attribution;
import dev.driftledger.drift.Authors;
import dev.driftledger.drift.Hiding;
import dev.driftledger.drift.Owner;
import dev.driftledger.model.ApplicationId;
import dev.driftledger.model.Digest;
import dev.driftledger.model.ObjectBytes;
import dev.driftledger.model.ResourceKey;
import dev.driftledger.recorder.FindingEntry.Resolution;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Opens, continues and ends findings. An equal judgement gives no entry; what comes back soon
/// after its end continues its finding, except that every head waits for itself.
final class Findings {
    /// Findings that a judgement of the live object neither repeats nor ends.
    private static final Set<String> LASTING = Set.of(Claim.ERASED, Claim.REWRITTEN, Claim.PENDING);

    private Findings() {}

    /// What a finding is about.
    ///
    /// @param resource null when it is the application itself
    /// @param version API version of the resource, empty for the application
    record Target(
            ApplicationId application,
            @Nullable ResourceKey resource,
            String version,
            @Nullable String uid) {
        static Target of(ApplicationId application) {
            return new Target(application, null, "", null);
        }

        String id() {
            return resource == null ? application.id() : resource.id();
        }
    }

    /// Makes the open findings about the target those that are claimed now.
    static void settle(Draft draft, Target target, Outcome outcome, Cause cause) {
        Set<String> claimed = new HashSet<>();
        Map<String, List<Row.Finding>> open = openByPath(about(draft, target));
        for (Claim claim : outcome.claims()) {
            claimed.add(raise(draft, target, known(draft, open, claim), cause));
        }
        List<Row.Finding> over =
                about(draft, target).stream()
                        .filter(row -> row.open() && !LASTING.contains(row.kind()))
                        .filter(row -> !claimed.contains(FindingIndex.rowKey(row)))
                        .toList();
        Map<String, Hiding> hidden = over.isEmpty() ? Map.of() : outcome.hidden();
        over.forEach(row -> end(draft, row, outcome.end(row, hidden, cause)));
    }

    /// The open findings about fields; a resource of the largest size has tens of thousands.
    private static Map<String, List<Row.Finding>> openByPath(List<Row.Finding> rows) {
        Map<String, List<Row.Finding>> open = new HashMap<>();
        for (Row.Finding row : rows) {
            if (row.open() && row.path() != null) {
                open.computeIfAbsent(row.path(), _ -> new ArrayList<>()).add(row);
            }
        }
        return open;
    }

    private static List<Row.Finding> about(Draft draft, Target target) {
        return draft.state().findings().about(target.application(), target.resource());
    }

    /// The claim under the class that it was opened with, when only the class is another: who owns
    /// a field may change though nobody wrote it.
    private static Claim known(Draft draft, Map<String, List<Row.Finding>> open, Claim claim) {
        if (claim.path() == null) {
            return claim;
        }
        for (Row.Finding row : open.getOrDefault(claim.path(), List.of())) {
            if (Objects.equals(row.stated().live(), text(draft, claim.live()))
                    && Objects.equals(row.stated().desired(), text(draft, claim.desired()))) {
                return claim.as(row.kind(), row.stated().rule());
            }
        }
        return claim;
    }

    /// Opens or continues one finding and returns its row's key.
    static String raise(Draft draft, Target target, Claim claim, Cause cause) {
        String key =
                FindingIndex.rowKey(
                        target.application(), target.resource(), claim.kind(), claim.path());
        Row.Finding known = draft.state().findings().find(key);
        if (known == null || over(draft, known)) {
            open(draft, target, attributed(draft, target, claim, cause));
        } else if (known.open()) {
            update(draft, new Known(target, known), claim, cause);
        } else {
            Row.Stated stated = stated(draft, attributed(draft, target, claim, cause));
            List<String> changes = new ArrayList<>(List.of("reopened"));
            changes.addAll(changes(known.stated(), stated));
            Row.Life life = known.life().again(draft.observedAt());
            put(draft, finding(known.id(), target, claim, stated, life), changes);
        }
        return key;
    }

    /// Whether it ended for good: what comes now is another finding.
    private static boolean over(Draft draft, Row.Finding row) {
        Instant end = row.life().resolvedAt();
        return end != null
                && (row.kind().equals(Claim.PENDING)
                        || end.plus(draft.limits().flapping()).isBefore(draft.observedAt()));
    }

    private static void open(Draft draft, Target target, Claim claim) {
        String id =
                Chains.firstHalf(
                        draft.state().cluster().uid(),
                        target.id(),
                        claim.kind(),
                        claim.path() == null ? "" : claim.path(),
                        Long.toString(Chains.nextSeq(draft)));
        Row.Life life = Row.Life.opened(draft.observedAt());
        Row.Finding opened = finding(id, target, claim, stated(draft, claim), life);
        draft.put(opened);
        FindingEntry.opened(draft, opened);
    }

    private static Row.Finding finding(
            String id, Target target, Claim claim, Row.Stated stated, Row.Life life) {
        return new Row.Finding(id, target, claim.kind(), claim.path(), stated, life);
    }

    private record Known(Target target, Row.Finding row) {}

    private static void update(Draft draft, Known known, Claim claim, Cause cause) {
        Row.Finding old = known.row();
        boolean moved = !Objects.equals(old.stated().live(), text(draft, claim.live()));
        Row.Stated stated =
                moved
                        ? stated(draft, attributed(draft, known.target(), claim, cause))
                        : unmoved(stated(draft, claim), old.stated());
        List<String> changes = changes(old.stated(), stated);
        if (!changes.isEmpty()) {
            Row.Life life = moved ? old.life().changed(draft.observedAt()) : old.life();
            put(draft, finding(old.id(), known.target(), claim, stated, life), changes);
        }
    }

    private static void put(Draft draft, Row.Finding row, List<String> changes) {
        draft.put(row);
        FindingEntry.updated(draft, row, changes);
    }

    /// In which respects a statement is not what was stated before; empty when it says the same.
    private static List<String> changes(Row.Stated old, Row.Stated now) {
        List<String> changes = new ArrayList<>();
        int severity = now.severity().compareTo(old.severity());
        note(changes, "worse", severity > 0);
        note(changes, "milder", severity < 0);
        note(changes, "owner", !sameActor(now.owner(), old.owner()));
        note(changes, "live", !Objects.equals(now.live(), old.live()));
        note(changes, "desired", !Objects.equals(now.desired(), old.desired()));
        note(
                changes,
                "grounds",
                !Objects.equals(now.rule(), old.rule())
                        || !Objects.equals(now.certainty(), old.certainty())
                        || !Objects.equals(now.reason(), old.reason()));
        return changes;
    }

    /// Whether both are the same somebody, whenever and however they wrote.
    private static boolean sameActor(Owner one, Owner other) {
        return one.type() == other.type()
                && Objects.equals(one.manager(), other.manager())
                && Objects.equals(one.user(), other.user());
    }

    private static void note(List<String> changes, String name, boolean changed) {
        if (changed) {
            changes.add(name);
        }
    }

    private static Row.Stated stated(Draft draft, Claim claim) {
        return new Row.Stated(
                text(draft, claim.desired()),
                text(draft, claim.live()),
                claim.owner(),
                claim.severity(),
                claim.rule(),
                claim.certainty(),
                claim.reason(),
                claim.digests());
    }

    /// The live side stayed: so do its author and the audit event that told who it was.
    private static Row.Stated unmoved(Row.Stated now, Row.Stated old) {
        SortedMap<String, Digest> digests = new TreeMap<>(now.digests());
        Digest audit = old.digests().get("audit");
        if (audit != null) {
            digests.put("audit", audit);
        }
        return now.by(old.owner(), digests);
    }

    private static @Nullable String text(Draft draft, @Nullable JsonNode value) {
        return value == null
                ? null
                : new String(
                        ObjectBytes.of(SafeJson.cut(value, draft.limits().valueMaxBytes())),
                        StandardCharsets.UTF_8);
    }

    /// The claim with the best owner that can be told: by the change, else by the final state, and
    /// the user by the audit log.
    private static Claim attributed(Draft draft, Target target, Claim claim, Cause cause) {
        ResourceKey key = target.resource();
        if (key == null) {
            return claim;
        }
        Audits.Named named;
        if (claim.kind().equals(Claim.MISSING)) {
            named = Audits.deleter(draft, key, draft.observedAt());
        } else if (claim.kind().equals(Claim.ERASED)) {
            named = Audits.writer(draft, key, draft.observedAt());
        } else if (claim.kind().equals(Claim.UNKNOWN)) {
            return claim;
        } else {
            Row.Finding told = toldBefore(draft, target, claim);
            if (told != null) {
                Row.Stated said = unmoved(stated(draft, claim), told.stated());
                return claim.with(said.owner(), said.digests());
            }
            Owner owner = claim.owner();
            if (cause instanceof Cause.Live(@Nullable ObjectNode previous, _, Attribution change)
                    && previous != null
                    && claim.path() != null) {
                owner =
                        claim.live() == null
                                ? change.remover(claim.path(), draft.managers())
                                : change.writer(claim.path(), draft.managers());
            }
            named = Audits.explain(draft, owner, key, draft.observedAt());
        }
        return claim.with(named.owner(), named.with(claim.digests()));
    }

    /// The open finding that told of an item with another key in its place what is told as removed
    /// from now on: which items are the same may be told no more once others come.
    private static Row.@Nullable Finding toldBefore(Draft draft, Target target, Claim claim) {
        String path = claim.path();
        if (path == null || claim.live() != null || !path.endsWith("]")) {
            return null;
        }
        String list = path.substring(0, path.lastIndexOf('[') + 1);
        String desired = text(draft, claim.desired());
        for (Row.Finding row : about(draft, target)) {
            if (row.open()
                    && row.path() != null
                    && row.path().startsWith(list)
                    && row.stated().live() != null
                    && Objects.equals(row.stated().desired(), desired)) {
                return row;
            }
        }
        return null;
    }

    /// Who wrote the values that open findings of a resource are about.
    static Authors authors(Draft draft, ApplicationId application, ResourceKey key) {
        Map<String, List<Row.Finding>> open =
                openByPath(draft.state().findings().about(application, key));
        return open.isEmpty()
                ? Authors.UNKNOWN
                : (path, live) ->
                        open.getOrDefault(SafeJson.text(path), List.of()).stream()
                                .filter(row ->
                                        Objects.equals(row.stated().live(), text(draft, live)))
                                .map(row -> row.stated().owner())
                                .findFirst()
                                .orElse(null);
    }

    /// Ends a finding; who did it follows from the cause.
    static void end(Draft draft, Row.Finding row, Cause cause) {
        end(draft, row, Resolutions.of(draft, row, cause));
    }

    static void end(Draft draft, Row.Finding row, Resolution resolution) {
        Row.Finding ended = row.with(row.life().resolved(draft.observedAt()));
        draft.put(ended);
        FindingEntry.resolved(draft, ended, resolution);
    }

    /// Forgets findings that ended too long ago to come back.
    static void forget(Draft draft) {
        for (Row.Finding row : draft.state().findings().all()) {
            Instant end = row.life().resolvedAt();
            if (end != null && end.plus(draft.limits().flapping()).isBefore(draft.now())) {
                draft.remove(Part.FINDING, FindingIndex.rowKey(row));
            }
        }
    }
}
