package dev.driftledger.recorder;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import dev.driftledger.drift.Owner;
import dev.driftledger.drift.Severity;
import dev.driftledger.effect.SideEffect;
import dev.driftledger.model.ApplicationId;
import dev.driftledger.model.Digest;
import dev.driftledger.model.RecorderConfig;
import dev.driftledger.model.ResourceKey;
import dev.driftledger.model.ResourceType;
import dev.driftledger.model.Revision;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// One row of recorder state. Rows are immutable; a change is a new row.
sealed interface Row
        permits Row.Chain,
                Row.Name,
                Row.Clock,
                Row.Settings,
                Row.Watch,
                Row.Schema,
                Row.Resource,
                Row.Tombstone,
                ApplicationRow,
                Row.ListPart,
                Row.Member,
                Row.Tolerated,
                Row.Finding,
                Row.Audit {

    /// How far the entries of one source got.
    ///
    /// @param last digest of its last entry's bytes
    record Chain(long seq, Digest last) implements Row {}

    /// What people call the cluster, as the last record said that says it.
    record Name(String name) implements Row {}

    /// Where time stands.
    ///
    /// @param recordedAt of the last record that did anything
    /// @param entryAt of the last entry; null before the first
    /// @param heartbeatAt of the last heartbeat entry; null before the first
    /// @param silenceSeconds the longest time without entries that is no gap; 0 before the first
    ///     scope
    /// @param instance that is watching now; null when the last one stopped in good order
    /// @param scope digest of the last scope's body; null before the first
    record Clock(
            Instant recordedAt,
            @Nullable Instant entryAt,
            @Nullable Instant heartbeatAt,
            long silenceSeconds,
            @Nullable String instance,
            @Nullable Digest scope)
            implements Row {
        /// Whether a heartbeat entry was written at that moment.
        boolean beatAt(Instant moment) {
            return moment.equals(heartbeatAt);
        }
    }

    /// The settings in force.
    ///
    /// @param digest of the blob that holds them, which findings name as their rules
    record Settings(RecorderConfig config, Digest digest) implements Row {}

    /// One type of resource and whether it is being watched.
    ///
    /// @param resourceVersion up to where it was seen; null before the first start
    /// @param reason why it is unavailable; null when it is not
    record Watch(
            ResourceType type,
            boolean started,
            @Nullable String resourceVersion,
            @Nullable String reason)
            implements Row {}

    /// An OpenAPI document of the cluster.
    record Schema(String contentHash, Digest digest) implements Row {}

    /// One live object.
    ///
    /// @param path of its type
    /// @param object digest of the last version that was stored
    /// @param content digest of what comparison reads in it
    /// @param seenAt when the last version was seen
    /// @param controller the object that controls it, in its own namespace; null when none does
    /// @param target what it scales, when it is an autoscaler; else null
    /// @param images digests of the images it runs, when it is a Pod
    /// @param unreadable why its current version could not be read; null when it could
    record Resource(
            ResourceKey key,
            String path,
            String uid,
            String resourceVersion,
            String fingerprint,
            Digest object,
            Digest content,
            Instant seenAt,
            @Nullable ResourceKey controller,
            @Nullable ResourceKey target,
            List<SideEffect> effects,
            List<String> images,
            @Nullable String unreadable)
            implements Row {
        public Resource {
            effects = List.copyOf(effects);
            images = List.copyOf(images);
        }

        Resource unreadableBecause(String reason) {
            return new Resource(
                    key,
                    path,
                    uid,
                    resourceVersion,
                    fingerprint,
                    object,
                    content,
                    seenAt,
                    controller,
                    target,
                    effects,
                    images,
                    reason);
        }
    }

    /// An object that went not long ago, by its uid, so that late news of it changes nothing.
    record Tombstone(Instant at) implements Row {}

    /// One rendered revision.
    ///
    /// @param list digest of the blob that lists its resources
    record Rendered(Revision revision, Digest list) {}

    /// A part of a list of resources that waits for the record that names it. It goes with the next
    /// list of its application.
    ///
    /// @param list digest of the blob that holds the part
    record ListPart(ApplicationId application, Digest list) implements Row {}

    /// One resource that an application names, or named and did not yet lose.
    ///
    /// @param applied what was applied; null while it never was
    /// @param head what the head wants; null when the head names it no more
    /// @param former what was applied before, newest first, as many as `former-count`
    /// @param problem why the head's wish cannot be read; null when it can
    /// @param reason why the standing is unknown; null when it is not
    /// @param ruled what ignore rules did at the last judgement; null when they did nothing
    record Member(
            ApplicationId application,
            ResourceKey key,
            String apiVersion,
            String file,
            @Nullable Digest applied,
            @Nullable Digest head,
            List<Digest> former,
            @Nullable String problem,
            Standing standing,
            @Nullable String reason,
            @Nullable Ruled ruled)
            implements Row {
        public Member {
            former = List.copyOf(former);
        }

        /// Whether anybody is expected to change it. What an ignore rule lets stay though the head
        /// names it no more, or lets be absent though the head names it, waits for nothing.
        boolean pending() {
            return behind() && !(standing == Standing.IGNORED && onOneSide());
        }

        /// Whether what was applied is not what the head wants.
        boolean behind() {
            return problem == null && !Objects.equals(applied, head);
        }

        private boolean onOneSide() {
            return head == null || (ruled != null && ruled.hidesWhole());
        }

        Member withHead(@Nullable Digest wish, @Nullable String trouble) {
            return new Member(
                    application,
                    key,
                    apiVersion,
                    file,
                    applied,
                    wish,
                    former,
                    trouble,
                    standing,
                    reason,
                    ruled);
        }

        Member withApplied(Digest now, List<Digest> before) {
            return new Member(
                    application,
                    key,
                    apiVersion,
                    file,
                    now,
                    head,
                    before,
                    problem,
                    standing,
                    reason,
                    ruled);
        }

        Member withStanding(Standing now, @Nullable String why, @Nullable Ruled rules) {
            return new Member(
                    application,
                    key,
                    apiVersion,
                    file,
                    applied,
                    head,
                    former,
                    problem,
                    now,
                    why,
                    rules);
        }
    }

    /// A live object that no application names and that an ignore rule hides.
    ///
    /// @param ruled which rule, and what it hides
    record Tolerated(ApplicationId application, ResourceKey key, Ruled ruled) implements Row {}

    /// One statement about a resource or an application.
    ///
    /// @param id 32 hex digits
    /// @param path field; null when it is about the whole
    record Finding(
            String id,
            @JsonUnwrapped Findings.Target about,
            String kind,
            @Nullable String path,
            @JsonUnwrapped Stated stated,
            @JsonUnwrapped Life life)
            implements Row {
        ApplicationId application() {
            return about.application();
        }

        /// Null when it is about the application itself.
        @Nullable ResourceKey resource() {
            return about.resource();
        }

        boolean open() {
            return life.resolvedAt() == null;
        }

        Finding with(Stated now) {
            return new Finding(id, about, kind, path, now, life);
        }

        Finding with(Life now) {
            return new Finding(id, about, kind, path, stated, now);
        }
    }

    /// What a finding says, all of it anew with each judgement.
    ///
    /// @param desired JSON text, cut when long; null when there is no such value
    /// @param live as `desired`
    /// @param digests what it rests on, by name
    record Stated(
            @Nullable String desired,
            @Nullable String live,
            Owner owner,
            Severity severity,
            @Nullable String rule,
            @Nullable String certainty,
            @Nullable String reason,
            SortedMap<String, Digest> digests) {
        Stated by(Owner now, SortedMap<String, Digest> rests) {
            return new Stated(desired, live, now, severity, rule, certainty, reason, rests);
        }
    }

    /// When a finding opened, changed and ended.
    ///
    /// @param changedAt when the live side last changed
    /// @param count how often it opened
    /// @param resolvedAt null while it is open
    record Life(Instant openedAt, Instant changedAt, int count, @Nullable Instant resolvedAt) {
        static Life opened(Instant at) {
            return new Life(at, at, 1, null);
        }

        Life changed(Instant at) {
            return new Life(openedAt, at, count, resolvedAt);
        }

        Life again(Instant at) {
            return new Life(openedAt, at, count + 1, null);
        }

        Life resolved(Instant at) {
            return new Life(openedAt, changedAt, count, at);
        }
    }

    /// A write that the API server's audit log told, cut to what attribution reads.
    ///
    /// @param digest of the event as kept
    record Audit(
            Instant at,
            String group,
            String plural,
            String namespace,
            String name,
            Digest digest,
            JsonNode event)
            implements Row {}
}
