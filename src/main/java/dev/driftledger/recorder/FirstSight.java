package dev.driftledger.recorder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.drift.Difference;
import dev.driftledger.drift.Owner;
import dev.driftledger.drift.Verdict;
import dev.driftledger.model.Digest;
import dev.driftledger.model.RecorderConfig;
import dev.driftledger.model.RecorderConfig.AppliedBy;
import dev.driftledger.model.ResourceKey;
import dev.driftledger.model.Rfc3339;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which resources of an application wait for its head, as far as their first observation tells.
///
/// What was applied before is not known then. A difference from the head that is the applier's own
/// value, where all that the applier wrote is older than the head's commit, proves that the head
/// was not applied. What somebody else wrote is never taken for a head that waits, so no commit
/// time, however wrong, hides it; nor is anything that the applier wrote after that time.
final class FirstSight {
    private FirstSight() {}

    private enum Sight {
        /// Has the head, or what it has of its own is not the applier's.
        THERE,
        /// Lacks something, and nobody is named for it.
        LACKING,
        /// Has what the applier wrote before the head was committed.
        BEFORE
    }

    /// The resources that did not get the head. Where none proves that, none; where one does, those
    /// that lack something for which nobody is named wait with it.
    static Set<ResourceKey> waiting(Draft draft, ApplicationRow row) {
        RecorderConfig.Application configured = draft.state().configured(row.id());
        Instant committedAt = row.head() == null ? null : row.head().committedAt();
        if (committedAt == null
                || configured == null
                || configured.appliedBy().kind() != AppliedBy.Kind.MANAGER) {
            return Set.of();
        }
        Applier applier = new Applier(configured.appliedBy().name(), committedAt);
        Set<ResourceKey> waiting = new HashSet<>();
        boolean proven = false;
        for (Row.Member member : draft.state().members().of(row.id())) {
            Sight sight = look(draft, member, applier);
            proven |= sight == Sight.BEFORE;
            if (sight != Sight.THERE) {
                waiting.add(member.key());
            }
        }
        return proven ? waiting : Set.of();
    }

    private static Sight look(Draft draft, Row.Member member, Applier applier) {
        Digest wish = member.head();
        ObjectNode head = wish == null ? null : draft.object(wish);
        if (head == null
                || Observation.obstacle(draft.state(), MemberIndex.Kind.of(member.key())) != null) {
            return Sight.THERE;
        }
        Row.Resource row = draft.state().resources().find(member.key());
        if (row == null) {
            return Sight.LACKING;
        }
        ObjectNode live = row.unreadable() == null ? draft.object(row.object()) : null;
        if (live == null || !applier.wroteBefore(live)) {
            return Sight.THERE;
        }
        return switch (Judge.compare(draft, member, head, live)) {
            case Verdict.Drifted drifted -> applier.sight(drifted.differences());
            case Verdict.InSync _,
                    Verdict.Ignored _,
                    Verdict.Missing _,
                    Verdict.Unmanaged _,
                    Verdict.Extra _,
                    Verdict.Unknown _ ->
                    Sight.THERE;
        };
    }

    /// @param manager its field manager; null when it is not known
    /// @param committedAt when the head was committed, by the clock of whoever did
    private record Applier(@Nullable String manager, Instant committedAt) {

        Sight sight(List<Difference> differences) {
            boolean unnamed = true;
            for (Difference difference : differences) {
                Owner owner = difference.owner();
                if (owner.manager() != null && owner.manager().equals(manager)) {
                    return Sight.BEFORE;
                }
                unnamed &= owner.manager() == null && owner.type() == Owner.Type.UNKNOWN;
            }
            return unnamed ? Sight.LACKING : Sight.THERE;
        }

        /// Whether the applier wrote the object, and each time before the commit.
        boolean wroteBefore(ObjectNode live) {
            boolean wrote = false;
            for (JsonNode entry : live.path("metadata").path("managedFields")) {
                if (entry.path("manager").asText().equals(manager)
                        && !entry.path("subresource").asText().equals("status")) {
                    wrote = true;
                    if (!isBefore(entry.path("time").asText())) {
                        return false;
                    }
                }
            }
            return wrote;
        }

        private boolean isBefore(String time) {
            try {
                return Rfc3339.parse(time).isBefore(committedAt);
            } catch (IllegalArgumentException _) {
                return false;
            }
        }
    }
}
