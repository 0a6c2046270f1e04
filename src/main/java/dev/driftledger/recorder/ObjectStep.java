package dev.driftledger.recorder;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.drift.Owner;
import dev.driftledger.drift.Ownership;
import dev.driftledger.drift.Schemas;
import dev.driftledger.drift.Severity;
import dev.driftledger.effect.SideEffect;
import dev.driftledger.effect.SideEffectChange;
import dev.driftledger.effect.SideEffects;
import dev.driftledger.ledger.EntryType;
import dev.driftledger.model.ApplicationId;
import dev.driftledger.model.Digest;
import dev.driftledger.model.IntakeRecord.ObjectDeleted;
import dev.driftledger.model.IntakeRecord.ObjectObserved;
import dev.driftledger.model.IntakeRecord.ObjectUnreadable;
import dev.driftledger.model.ObjectBytes;
import dev.driftledger.model.ResourceKey;
import dev.driftledger.model.ResourceType;
import dev.driftledger.model.Rfc3339;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What happens when a live object is seen, goes, or cannot be read.
final class ObjectStep {
    private ObjectStep() {}

    static void observed(Draft draft, ObjectObserved seen) {
        ResourceKey key = Contents.key(seen.resourceType(), seen.object());
        Row.Resource old = draft.state().resources().find(key);
        String uid = seen.object().path("metadata").path("uid").asText();
        String version = seen.object().path("metadata").path("resourceVersion").asText();
        if (Freshness.known(draft.state(), seen, old)) {
            return;
        }
        Freshness.advance(draft, seen.resourceType(), version, seen.initial());
        if (old != null && !old.uid().isEmpty() && !old.uid().equals(uid)) {
            gone(draft, old, seen.resourceType(), Rfc3339.format(old.seenAt()));
            old = null;
        }
        SafeJson.requireStorable(seen.object());
        observed(draft, seen, new Sighting(key, old));
    }

    private record Sighting(ResourceKey key, Row.@Nullable Resource old) {}

    private static void observed(Draft draft, ObjectObserved seen, Sighting sighting) {
        ObjectNode object = seen.object();
        Row.Resource old = sighting.old();
        Digest content = Contents.comparable(object);
        List<SideEffect> effects = SideEffects.of(object);
        boolean pending = old != null && pendingClaim(draft.state(), old.key());
        ObjectNode previous = null;
        boolean changed = old == null || !old.content().equals(content) || old.unreadable() != null;
        boolean effectsChanged = old == null ? !effects.isEmpty() : !effects.equals(old.effects());
        if (old != null && (changed || effectsChanged || pending)) {
            previous = draft.object(old.object());
            changed |= pending && previous != null && Contents.written(previous, object);
        }
        Digest stored =
                old == null || changed || effectsChanged ? store(draft, object) : old.object();
        Row.Resource row = row(seen, sighting.key(), content, stored);
        SchemaSet set = draft.state().schemaSet();
        Schemas before = set.made();
        draft.put(row);
        if (old == null || changed || !old.images().equals(row.images())) {
            stir(draft, row);
        }
        if (before != null && set.made() == null) {
            set.replace(before.withCrd(object));
        }
        if (changed) {
            entry(draft, seen, row);
        }
        if (effectsChanged) {
            effects(draft, seen, row, previous);
        }
        if (changed) {
            judge(draft, row, old, Cause.Live.of(previous, object));
        }
    }

    /// What lists the object, or the Pods' images of what owns it, is behind now.
    private static void stir(Draft draft, Row.Resource row) {
        for (ResourceKey key : Images.owners(draft.state(), row)) {
            draft.state().members().claimants(key).forEach(draft::stir);
        }
    }

    private static Digest store(Draft draft, ObjectNode object) {
        Digest digest = draft.keep("application/json", ObjectBytes.of(object)).sha256();
        draft.remember(digest, object);
        return digest;
    }

    private static boolean pendingClaim(RecorderState state, ResourceKey key) {
        for (ApplicationId application : state.members().claimants(key)) {
            Row.Member member = state.members().find(application, key);
            if (member != null && member.pending()) {
                return true;
            }
        }
        return false;
    }

    private static Row.Resource row(
            ObjectObserved seen, ResourceKey key, Digest content, Digest stored) {
        ObjectNode object = seen.object();
        return new Row.Resource(
                key,
                seen.resourceType().path(),
                object.path("metadata").path("uid").asText(),
                object.path("metadata").path("resourceVersion").asText(),
                seen.fingerprint(),
                stored,
                content,
                seen.observedAt(),
                Contents.controller(key, object),
                Contents.target(key, object),
                SideEffects.of(object),
                Contents.images(key, object),
                null);
    }

    private static void entry(Draft draft, ObjectObserved seen, Row.Resource row) {
        Statement statement =
                new Statement(EntryType.OBJECT_OBSERVED, Statement.Source.WATCH)
                        .subject(subject(row, seen.resourceType()))
                        .digest("object", row.object())
                        .blob(draft.keep("application/json", ObjectBytes.of(seen.object())));
        application(draft, statement, row.key());
        statement.body().put("initial", seen.initial());
        ArrayNode managers = statement.body().putArray("managers");
        Contents.managers(seen.object()).forEach(managers::add);
        draft.write(statement);
    }

    private static dev.driftledger.ledger.Entry.Subject subject(
            Row.Resource row, ResourceType type) {
        return Statement.subjectOf(row.key(), type.version(), row.uid(), row.resourceVersion());
    }

    private static void application(Draft draft, Statement statement, ResourceKey key) {
        List<ApplicationId> claimants = draft.state().members().claimants(key);
        if (!claimants.isEmpty()) {
            statement.body().put("application", claimants.getFirst().id());
        }
    }

    private static void effects(
            Draft draft, ObjectObserved seen, Row.Resource row, @Nullable ObjectNode previous) {
        for (SideEffectChange change : SideEffects.changes(previous, seen.object())) {
            effect(draft, row, seen.resourceType(), change);
        }
    }

    private static void effect(
            Draft draft, Row.Resource row, ResourceType type, SideEffectChange change) {
        Statement statement =
                new Statement(EntryType.EFFECT_OBSERVED, Statement.Source.RECORDER)
                        .subject(subject(row, type))
                        .digest("object", row.object());
        application(draft, statement, row.key());
        statement
                .body()
                .put("effect", change.type().label())
                .put("path", change.path())
                .put("change", change.change().label());
        if (change.before() != null) {
            statement.body().put("old", change.before());
        }
        if (change.after() != null) {
            statement.body().put("new", change.after());
        }
        draft.write(statement);
    }

    private static void judge(
            Draft draft, Row.Resource row, Row.@Nullable Resource old, Cause.Live cause) {
        RecorderState state = draft.state();
        for (ApplicationId application : state.members().claimants(row.key())) {
            Row.Member member = state.members().find(application, row.key());
            if (member != null) {
                erased(draft, member, row, cause);
                Applications.follow(draft, member, cause.previous(), cause);
            }
        }
        Unmanaged.judge(draft, row, cause);
        related(draft, row, old);
        if (SchemaSet.isDefinition(row.key())) {
            ObjectNode names = cause.live();
            SchemaStep.kindChanged(
                    draft,
                    names.path("spec").path("group").asText(),
                    names.path("spec").path("names").path("kind").asText());
        }
    }

    /// What an autoscaler may do to its target changed.
    private static void related(Draft draft, Row.Resource row, Row.@Nullable Resource old) {
        TreeMap<ResourceKey, Boolean> targets = new TreeMap<>();
        if (row.target() != null) {
            targets.put(row.target(), true);
        }
        if (old != null && old.target() != null) {
            targets.put(old.target(), true);
        }
        targets.keySet().forEach(key -> rejudge(draft, key, new Cause.Other("autoscaler changed")));
    }

    private static void rejudge(Draft draft, ResourceKey key, Cause cause) {
        for (ApplicationId application : draft.state().members().claimants(key)) {
            Row.Member member = draft.state().members().find(application, key);
            if (member != null) {
                Applications.follow(draft, member, null, cause);
            }
        }
    }

    /// Somebody wiped who owns the fields. The finding lasts as long as the object, because what
    /// was done under cover of it stays unknown.
    private static void erased(Draft draft, Row.Member member, Row.Resource row, Cause.Live cause) {
        if (cause.previous() == null || !Ownership.erased(cause.previous(), cause.live())) {
            return;
        }
        SortedMap<String, Digest> digests = new TreeMap<>();
        digests.put("live", row.object());
        Claim claim =
                Claim.whole(Claim.ERASED, Owner.UNKNOWN, Severity.HIGH)
                        .with(Owner.UNKNOWN, digests);
        Findings.raise(
                draft,
                new Findings.Target(
                        member.application(),
                        row.key(),
                        Contents.version(member.apiVersion()),
                        row.uid()),
                claim,
                cause);
    }

    static void deleted(Draft draft, ObjectDeleted news) {
        Row.Resource row = draft.state().resources().find(news.key());
        Freshness.advance(draft, news.resourceType(), news.resourceVersion(), false);
        if (row != null && (row.uid().equals(news.uid()) || row.uid().isEmpty())) {
            gone(
                    draft,
                    row,
                    news.resourceType(),
                    news.lastSeenAt() == null ? null : Rfc3339.format(news.lastSeenAt()));
        }
    }

    private static void gone(
            Draft draft, Row.Resource row, ResourceType type, @Nullable String lastSeenAt) {
        ObjectNode last = row.effects().isEmpty() ? null : draft.object(row.object());
        Statement statement =
                new Statement(EntryType.OBJECT_DELETED, Statement.Source.WATCH)
                        .actor(Audits.deleter(draft, row.key(), draft.observedAt()).owner())
                        .subject(subject(row, type))
                        .digest("object", row.object());
        application(draft, statement, row.key());
        if (lastSeenAt != null) {
            statement.body().put("lastSeenAt", lastSeenAt);
        }
        draft.write(statement);
        stir(draft, row);
        draft.remove(Part.RESOURCE, row.key().id());
        Freshness.bury(draft, row);
        if (last != null) {
            for (SideEffectChange change : SideEffects.changes(last, null)) {
                effect(draft, row, type, change);
            }
        }
        Cause cause = new Cause.Deleted();
        for (ApplicationId application : draft.state().applications().keySet()) {
            for (Row.Finding finding : draft.state().findings().about(application, row.key())) {
                if (finding.open()) {
                    Findings.end(draft, finding, cause);
                }
            }
        }
        Unmanaged.forget(draft, row.key());
        rejudge(draft, row.key(), cause);
        if (row.target() != null) {
            rejudge(draft, row.target(), new Cause.Other("autoscaler deleted"));
        }
    }

    static void unreadable(Draft draft, ObjectUnreadable news) {
        Statement statement =
                new Statement(EntryType.OBJECT_UNREADABLE, Statement.Source.WATCH)
                        .digest("object", news.digest());
        if (news.key() != null) {
            statement.subject(news.key(), news.resourceType().version());
        }
        statement
                .body()
                .put("reason", SafeJson.text(news.reason()))
                .put("sizeBytes", news.sizeBytes());
        draft.write(statement);
        mark(draft, news);
    }

    /// Says that only this object is unknown from now on.
    static void mark(Draft draft, ObjectUnreadable news) {
        ResourceKey key = news.key();
        if (key == null) {
            return;
        }
        String reason = "the live object could not be read: " + SafeJson.text(news.reason());
        Row.Resource row = draft.state().resources().find(key);
        draft.put(
                row != null
                        ? row.unreadableBecause(reason)
                        : new Row.Resource(
                                key,
                                news.resourceType().path(),
                                "",
                                "",
                                "",
                                news.digest(),
                                news.digest(),
                                news.observedAt(),
                                null,
                                null,
                                List.of(),
                                List.of(),
                                reason));
        rejudge(draft, key, new Cause.Other(reason));
    }
}
