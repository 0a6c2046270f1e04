package dev.driftledger.recorder;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.ledger.EntryType;
import dev.driftledger.model.ApplicationId;
import dev.driftledger.model.Digest;
import dev.driftledger.model.IntakeRecord;
import dev.driftledger.model.IntakeRecord.Excluded;
import dev.driftledger.model.IntakeRecord.Heartbeat;
import dev.driftledger.model.IntakeRecord.InstanceStarted;
import dev.driftledger.model.IntakeRecord.InstanceStopped;
import dev.driftledger.model.IntakeRecord.Scope;
import dev.driftledger.model.IntakeRecord.TypeUnavailable;
import dev.driftledger.model.IntakeRecord.WatchGap;
import dev.driftledger.model.IntakeRecord.WatchStarted;
import dev.driftledger.model.ObjectBytes;
import dev.driftledger.model.ResourceType;
import dev.driftledger.model.Rfc3339;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// What is watched, since when, and when it was not.
final class CoverageStep {
    /// Heartbeats come about every minute at most; a little less, so that jitter skips none.
    private static final Duration HEARTBEAT_PAUSE = Duration.ofSeconds(50);

    private CoverageStep() {}

    static void scope(Draft draft, Scope scope) {
        Statement statement = new Statement(EntryType.SCOPE, Statement.Source.WATCH);
        ObjectNode body = statement.body();
        ArrayNode watched = body.putArray("watched");
        scope.watched().stream().sorted().forEach(type -> watched.add(type.path()));
        ArrayNode excluded = body.putArray("excluded");
        for (Excluded left : scope.excluded()) {
            excluded.addObject()
                    .put("group", left.group())
                    .put("plural", left.plural())
                    .put("reason", SafeJson.text(left.reason()));
        }
        body.put("silenceSeconds", scope.silenceMax().toSeconds())
                .put("kubernetesVersion", SafeJson.text(scope.kubernetesVersion()));
        Digest digest = ObjectBytes.digest(body);
        Row.Clock clock = Clocks.of(draft);
        if (clock.scope() != null && digest.equals(clock.scope())) {
            return;
        }
        Clocks.put(draft, Clocks.scoped(clock, digest, scope.silenceMax().toSeconds()));
        draft.write(statement);
        types(draft, scope.watched());
    }

    private static void types(Draft draft, List<ResourceType> watched) {
        Set<String> paths = new HashSet<>();
        for (ResourceType type : watched) {
            paths.add(type.path());
            if (!draft.state().watches().containsKey(type.path())) {
                draft.put(Part.WATCH, type.path(), new Row.Watch(type, false, null, null));
            }
        }
        for (Row.Watch row : List.copyOf(draft.state().watches().values())) {
            if (!paths.contains(row.type().path())) {
                draft.remove(Part.WATCH, row.type().path());
                settled(draft, row.type());
            }
        }
    }

    static void started(Draft draft, WatchStarted news) {
        ResourceType type = news.resourceType();
        Row.Watch old = draft.state().watches().get(type.path());
        draft.put(Part.WATCH, type.path(), new Row.Watch(type, true, news.resourceVersion(), null));
        Statement statement = new Statement(EntryType.WATCH_STARTED, Statement.Source.WATCH);
        statement
                .body()
                .put("path", type.path())
                .put("resourceVersion", SafeJson.text(news.resourceVersion()))
                .put("objectsCount", news.objectsCount())
                .put("resumed", news.resumed());
        draft.write(statement);
        if (old == null || !old.started() || old.reason() != null) {
            settled(draft, type);
        }
    }

    static void unavailable(Draft draft, TypeUnavailable news) {
        ResourceType type = news.resourceType();
        Row.Watch old = draft.state().watches().get(type.path());
        String reason = SafeJson.text(news.reason());
        if (old != null && Objects.equals(old.reason(), reason)) {
            return;
        }
        boolean was = old != null && old.started();
        String version = old == null ? null : old.resourceVersion();
        draft.put(Part.WATCH, type.path(), new Row.Watch(type, was, version, reason));
        Statement statement = new Statement(EntryType.WATCH_UNAVAILABLE, Statement.Source.WATCH);
        statement
                .body()
                .put("path", type.path())
                .put("reason", reason)
                .put("detail", SafeJson.text(news.detail()));
        draft.write(statement);
        settled(draft, type);
    }

    /// Judges what waited for this type to be watched, or cannot be judged any more.
    private static void settled(Draft draft, ResourceType type) {
        MemberIndex.Kind kind = new MemberIndex.Kind(type.group(), type.kind());
        Collection<ApplicationId> concerned =
                Observation.involvesAll(kind)
                        ? List.copyOf(draft.state().applications().keySet())
                        : draft.state().members().withKind(kind);
        for (ApplicationId application : concerned) {
            if (Observation.ready(draft.state(), application)) {
                Applications.settle(draft, application, new Cause.Other("watching changed"));
            }
        }
    }

    static void gap(Draft draft, WatchGap gap) {
        gap(draft, new Silence(gap.from(), gap.to(), gap.cause(), gap.detail()), gap.types());
    }

    private record Silence(Instant from, Instant to, String cause, String detail) {}

    private static void gap(Draft draft, Silence silence, Collection<String> types) {
        Statement statement = new Statement(EntryType.GAP, Statement.Source.WATCH);
        statement
                .body()
                .put("from", Rfc3339.format(silence.from()))
                .put("to", Rfc3339.format(silence.to()))
                .put("cause", SafeJson.text(silence.cause()))
                .put("detail", SafeJson.text(silence.detail()));
        ArrayNode paths = statement.body().putArray("types");
        types.stream().sorted().forEach(paths::add);
        draft.write(statement);
    }

    static void heartbeat(Draft draft, Heartbeat beat) {
        ObjectNode versions = JsonNodeFactory.instance.objectNode();
        beat.resourceVersions()
                .forEach((path, version) -> {
                    versions.put(path, version);
                    Row.Watch row = draft.state().watches().get(path);
                    if (row != null && row.started()) {
                        Freshness.advance(draft, row.type(), version, false);
                    }
                });
        Row.Clock clock = Clocks.of(draft);
        if (clock.heartbeatAt() != null
                && clock.heartbeatAt().plus(HEARTBEAT_PAUSE).isAfter(draft.now())) {
            return;
        }
        Clocks.put(draft, Clocks.beaten(clock, draft.now()));
        Statement statement = new Statement(EntryType.HEARTBEAT, Statement.Source.WATCH);
        statement
                .body()
                .put("typesCount", beat.resourceVersions().size())
                .put("eventsCount", beat.eventsCount())
                .put("resourceVersions", ObjectBytes.digest(versions).hex());
        draft.write(statement);
    }

    static void started(Draft draft, InstanceStarted news) {
        Row.Clock clock = Clocks.of(draft);
        if (clock.instance() != null && clock.entryAt() != null) {
            gap(
                    draft,
                    new Silence(
                            clock.entryAt(),
                            draft.now(),
                            "unclean-start",
                            "instance " + clock.instance() + " did not say that it stopped"),
                    draft.state().watches().keySet());
        } else {
            bridge(draft);
        }
        Clocks.put(draft, Clocks.watchedBy(clock, news.instance()));
        Statement statement = new Statement(EntryType.STARTUP, Statement.Source.RECORDER);
        statement
                .body()
                .put("instance", SafeJson.text(news.instance()))
                .put("version", SafeJson.text(news.version()));
        draft.write(statement);
    }

    static void stopped(Draft draft, InstanceStopped news) {
        Row.Clock clock = Clocks.of(draft);
        if (news.instance().equals(clock.instance())) {
            Clocks.put(draft, Clocks.watchedBy(clock, null));
        }
        Statement statement = new Statement(EntryType.SHUTDOWN, Statement.Source.RECORDER);
        statement
                .body()
                .put("instance", SafeJson.text(news.instance()))
                .put("reason", SafeJson.text(news.reason()));
        draft.write(statement);
    }

    /// Explains a silence that nobody else explains: nothing was recorded for longer than the
    /// scope allows. The start of an instance and a gap that covers the silence do so themselves.
    static void bridge(Draft draft, IntakeRecord record) {
        Row.Clock clock = draft.state().clock();
        boolean told =
                record instanceof InstanceStarted
                        || (record instanceof WatchGap gap
                                && clock != null
                                && clock.entryAt() != null
                                && !gap.from()
                                        .isAfter(
                                                clock.entryAt()
                                                        .plusSeconds(clock.silenceSeconds())));
        if (!told) {
            bridge(draft);
        }
    }

    /// Explains a silence that the record itself does not.
    static void bridge(Draft draft) {
        Row.Clock clock = draft.state().clock();
        if (clock == null
                || clock.entryAt() == null
                || clock.silenceSeconds() == 0
                || !clock.entryAt().plusSeconds(clock.silenceSeconds()).isBefore(draft.now())) {
            return;
        }
        gap(
                draft,
                new Silence(
                        clock.entryAt(),
                        draft.now(),
                        "paused",
                        "nothing was recorded in this time"),
                draft.state().watches().keySet());
    }
}
