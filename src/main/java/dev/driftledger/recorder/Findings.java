package dev.driftledger.recorder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.drift.Attribution;
import dev.driftledger.drift.Owner;
import dev.driftledger.ledger.EntryType;
import dev.driftledger.model.ApplicationId;
import dev.driftledger.model.ObjectBytes;
import dev.driftledger.model.ResourceKey;
import dev.driftledger.recorder.FindingEntry.Resolution;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Opens, continues and ends findings. An equal judgement gives no entry; what comes back within
/// ten minutes of its end continues its finding, except that every head waits for itself.
final class Findings {
    static final Duration FLAPPING = Duration.ofMinutes(10);

    /// Findings that a judgement of the live object neither repeats nor ends.
    private static final Set<String> LASTING = Set.of(Claim.ERASED, Claim.REWRITTEN, Claim.PENDING);

    private Findings() {}

    /// What a finding is about.
    ///
    /// @param key null when it is the application itself
    /// @param version API version of the resource, empty for the application
    record Target(
            ApplicationId application,
            @Nullable ResourceKey key,
            String version,
            @Nullable String uid) {
        static Target of(ApplicationId application) {
            return new Target(application, null, "", null);
        }

        String id() {
            return key == null ? application.id() : key.id();
        }
    }

    /// Makes the open findings about the target those that are claimed now.
    static void settle(Draft draft, Target target, List<Claim> claims, Cause cause) {
        Set<String> claimed = new HashSet<>();
        for (Claim claim : claims) {
            claimed.add(raise(draft, target, known(draft, target, claim), cause));
        }
        for (Row.Finding row : draft.state().findings().about(target.application(), target.key())) {
            if (row.open()
                    && !LASTING.contains(row.kind())
                    && !claimed.contains(FindingIndex.rowKey(row))) {
                end(draft, row, cause);
            }
        }
    }

    /// The claim under the class that it was opened with, when only the class is another: who owns
    /// a field may change though nobody wrote it.
    private static Claim known(Draft draft, Target target, Claim claim) {
        if (claim.path() == null) {
            return claim;
        }
        for (Row.Finding row : draft.state().findings().about(target.application(), target.key())) {
            if (row.open()
                    && claim.path().equals(row.path())
                    && Objects.equals(row.live(), text(claim.live()))
                    && Objects.equals(row.desired(), text(claim.desired()))) {
                return claim.as(row.kind(), row.rule());
            }
        }
        return claim;
    }

    /// Opens or continues one finding and returns its row's key.
    static String raise(Draft draft, Target target, Claim claim, Cause cause) {
        String key =
                FindingIndex.rowKey(target.application(), target.key(), claim.kind(), claim.path());
        Row.Finding known = draft.state().findings().find(key);
        if (known == null || (!known.open() && claim.kind().equals(Claim.PENDING))) {
            Row.Finding opened = row(draft, target, attributed(draft, target, claim, cause));
            draft.put(opened);
            FindingEntry.write(draft, EntryType.FINDING_OPENED, opened, null);
        } else if (!known.open()) {
            Row.Finding again =
                    continued(row(draft, target, attributed(draft, target, claim, cause)), known);
            Row.Finding counted = counted(again, known.count() + 1);
            draft.put(counted);
            FindingEntry.write(draft, EntryType.FINDING_UPDATED, counted, null);
        } else {
            update(draft, target, new Known(known, claim), cause);
        }
        return key;
    }

    private record Known(Row.Finding row, Claim claim) {}

    private static void update(Draft draft, Target target, Known known, Cause cause) {
        Row.Finding old = known.row();
        Claim claim = known.claim();
        boolean liveChanged = !Objects.equals(old.live(), text(claim.live()));
        Claim told =
                liveChanged
                        ? attributed(draft, target, claim, cause)
                        : claim.with(old.owner(), claim.digests());
        Row.Finding next = continued(row(draft, target, told), old);
        Row.Finding now = liveChanged ? next : unmoved(next, old);
        if (!same(now, old)) {
            draft.put(now);
            FindingEntry.write(draft, EntryType.FINDING_UPDATED, now, null);
        }
    }

    private static boolean same(Row.Finding a, Row.Finding b) {
        return Objects.equals(a.desired(), b.desired())
                && Objects.equals(a.live(), b.live())
                && a.owner().equals(b.owner())
                && a.severity() == b.severity()
                && Objects.equals(a.rule(), b.rule())
                && Objects.equals(a.certainty(), b.certainty())
                && Objects.equals(a.reason(), b.reason());
    }

    private static Row.Finding row(Draft draft, Target target, Claim claim) {
        return new Row.Finding(
                Chains.firstHalf(
                        draft.state().cluster().uid(),
                        target.id(),
                        claim.kind(),
                        claim.path() == null ? "" : claim.path(),
                        Long.toString(Chains.nextSeq(draft))),
                target.application(),
                target.key(),
                claim.kind(),
                claim.path(),
                target.version(),
                target.uid(),
                text(claim.desired()),
                text(claim.live()),
                claim.owner(),
                claim.severity(),
                claim.rule(),
                claim.certainty(),
                claim.reason(),
                claim.digests(),
                draft.observedAt(),
                draft.observedAt(),
                1,
                null);
    }

    private static Row.Finding continued(Row.Finding now, Row.Finding old) {
        return new Row.Finding(
                old.id(),
                now.application(),
                now.resource(),
                now.kind(),
                now.path(),
                now.version(),
                now.uid(),
                now.desired(),
                now.live(),
                now.owner(),
                now.severity(),
                now.rule(),
                now.certainty(),
                now.reason(),
                now.digests(),
                old.openedAt(),
                now.changedAt(),
                old.count(),
                null);
    }

    private static Row.Finding counted(Row.Finding row, int count) {
        return new Row.Finding(
                row.id(),
                row.application(),
                row.resource(),
                row.kind(),
                row.path(),
                row.version(),
                row.uid(),
                row.desired(),
                row.live(),
                row.owner(),
                row.severity(),
                row.rule(),
                row.certainty(),
                row.reason(),
                row.digests(),
                row.openedAt(),
                row.changedAt(),
                count,
                row.resolvedAt());
    }

    /// The live side stayed: so does when it changed, and the audit event that told who did it.
    private static Row.Finding unmoved(Row.Finding now, Row.Finding old) {
        java.util.TreeMap<String, dev.driftledger.model.Digest> digests =
                new java.util.TreeMap<>(now.digests());
        if (old.digests().containsKey("audit")) {
            digests.put("audit", old.digests().get("audit"));
        }
        return new Row.Finding(
                now.id(),
                now.application(),
                now.resource(),
                now.kind(),
                now.path(),
                now.version(),
                now.uid(),
                now.desired(),
                now.live(),
                now.owner(),
                now.severity(),
                now.rule(),
                now.certainty(),
                now.reason(),
                digests,
                now.openedAt(),
                old.changedAt(),
                now.count(),
                null);
    }

    private static @Nullable String text(@Nullable JsonNode value) {
        return value == null
                ? null
                : new String(ObjectBytes.of(SafeJson.cut(value)), StandardCharsets.UTF_8);
    }

    /// The claim with the best owner that can be told: by the change, else by the final state, and
    /// the user by the audit log.
    private static Claim attributed(Draft draft, Target target, Claim claim, Cause cause) {
        ResourceKey key = target.key();
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
            Owner owner = claim.owner();
            if (cause instanceof Cause.Live(@Nullable ObjectNode previous, ObjectNode live)
                    && previous != null
                    && claim.path() != null) {
                owner = Attribution.of(previous, live, claim.path(), draft.managers());
            }
            named = Audits.explain(draft, owner, key, draft.observedAt());
        }
        return claim.with(named.owner(), named.with(claim.digests()));
    }

    /// Ends a finding; who did it follows from the cause.
    static void end(Draft draft, Row.Finding row, Cause cause) {
        end(draft, row, Resolutions.of(draft, row, cause));
    }

    static void end(Draft draft, Row.Finding row, Resolution resolution) {
        Row.Finding ended = row.resolved(draft.observedAt());
        draft.put(ended);
        FindingEntry.write(draft, EntryType.FINDING_RESOLVED, ended, resolution);
    }

    /// Forgets findings that ended too long ago to come back.
    static void forget(Draft draft) {
        for (Row.Finding row : draft.state().findings().all()) {
            if (row.resolvedAt() != null && row.resolvedAt().plus(FLAPPING).isBefore(draft.now())) {
                draft.remove(Part.FINDING, FindingIndex.rowKey(row));
            }
        }
    }
}
