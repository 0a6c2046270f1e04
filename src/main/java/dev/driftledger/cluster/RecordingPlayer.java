package dev.driftledger.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.driftledger.intake.IntakeSink;
import dev.driftledger.model.ClusterRef;
import dev.driftledger.model.Digest;
import dev.driftledger.model.IntakeRecord;
import dev.driftledger.model.Json;
import dev.driftledger.model.ObjectBytes;
import dev.driftledger.model.ResourceType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Plays a recording through the same feeds as a live watch, with the recorded times.
///
/// The same recording gives the same records in the same order. A path that starts again sends
/// objects that are known already: they change nothing, and what its new list does not name is
/// gone.
public final class RecordingPlayer {
    private static final Duration HEARTBEAT = Duration.ofSeconds(30);
    private static final int SILENCE_HEARTBEATS = 3;

    private final RecordingReader.Source source;
    private final SortedMap<String, JsonNode> schemas;
    private final IntakeSink sink;
    private final Script script;
    private final AtomicReference<@Nullable Throwable> refused = new AtomicReference<>();
    private final SortedMap<String, PlayedType> paths = new TreeMap<>();
    private @Nullable FeedContext context;
    private Instant now = Instant.EPOCH;
    private Instant heartbeatAt = Instant.EPOCH;
    private @Nullable Instant firstAt;
    private long startedNanos;

    /// How to play.
    ///
    /// @param clusterName what people call the cluster
    /// @param options redaction and names; the settings' intervals are not used
    /// @param speed recorded seconds per second, such as 60; null plays as fast as the sink takes
    ///     it
    /// @param onGit called for every change of a repository, before the lines after it
    public record Script(
            String clusterName,
            ClusterWatch.Options options,
            @Nullable Double speed,
            GitChange onGit) {
        public Script {
            if (speed != null && !(speed > 0)) {
                throw new IllegalArgumentException("speed must be above 0, got " + speed);
            }
        }
    }

    /// Takes what a fetch of a repository would see from now on; it renders before it returns.
    public interface GitChange {
        /// Looks at nothing.
        GitChange NONE = (_, _) -> {};

        /// One change, at `git.at()`.
        void changed(ClusterRef cluster, RecordingLine.Git git) throws InterruptedException;

        /// The recording begins; its first change of a repository, if any, comes later.
        default void began(ClusterRef cluster, Instant at) throws InterruptedException {}
    }

    /// One type as it plays.
    private static final class PlayedType {
        private final TypeFeed feed;
        private boolean listed;
        private boolean inRun;

        private PlayedType(TypeFeed feed) {
            this.feed = feed;
        }
    }

    /// @param schemas OpenAPI v3 documents by path such as `apis/apps/v1`; empty where there are
    ///     none
    public RecordingPlayer(
            RecordingReader.Source source,
            Map<String, JsonNode> schemas,
            IntakeSink sink,
            Script script) {
        this.source = source;
        this.schemas = new TreeMap<>(schemas);
        this.sink = sink;
        this.script = script;
    }

    /// The cluster that a recording is of.
    ///
    /// @param name what people call it
    public static ClusterRef cluster(RecordingReader.Source source, String name)
            throws IOException {
        try (RecordingReader reader = new RecordingReader(source)) {
            if (reader.next() instanceof RecordingLine.Header header) {
                return new ClusterRef(header.cluster(), name);
            }
            throw new IOException("the recording is empty");
        }
    }

    /// Plays to the end; returns when everything is durable.
    ///
    /// @throws RecordingReader.BrokenRecording naming the line
    /// @throws CompletionException when the sink refused a record
    public void play() throws IOException, InterruptedException {
        SortedMap<String, ResourceType> types = RecordedTypes.read(source, schemas);
        try (RecordingReader reader = new RecordingReader(source)) {
            if (!(reader.next() instanceof RecordingLine.Header header)) {
                throw new IOException("the recording is empty");
            }
            begin(header, types);
            for (RecordingLine line = reader.next(); line != null; line = reader.next()) {
                play(line);
            }
        }
        end();
    }

    private void begin(RecordingLine.Header header, SortedMap<String, ResourceType> types)
            throws InterruptedException {
        ClusterRef cluster = new ClusterRef(header.cluster(), script.clusterName());
        WatchSettings settings = script.options().settings();
        FeedContext feeding =
                new FeedContext(
                        cluster,
                        new Outbox(sink, settings.unacknowledgedBytesMax(), refused::set),
                        script.options().key(),
                        script.options().key().redaction(script.options().confidentialPaths()),
                        FrameTap.NONE);
        context = feeding;
        now = header.started();
        heartbeatAt = now;
        send(
                new IntakeRecord.InstanceStarted(
                        cluster, now, script.options().instance(), script.options().version()));
        Exclusions exclusions = new Exclusions(settings.excludedTypes(), settings.includedTypes());
        List<IntakeRecord.Excluded> excluded = new ArrayList<>();
        for (ResourceType type : types.values()) {
            String reason = exclusions.reason(type);
            if (reason == null) {
                paths.put(
                        type.path(),
                        new PlayedType(new TypeFeed(feeding, type, new ObjectIndex())));
            } else {
                excluded.add(new IntakeRecord.Excluded(type.group(), type.plural(), reason));
            }
        }
        send(
                new IntakeRecord.Scope(
                        cluster,
                        now,
                        paths.values().stream().map(path -> path.feed.type()).toList(),
                        excluded,
                        HEARTBEAT.multipliedBy(SILENCE_HEARTBEATS),
                        header.kubernetes()));
        for (Map.Entry<String, JsonNode> schema : schemas.entrySet()) {
            String hash = ObjectBytes.digest(schema.getValue()).hex();
            send(
                    new IntakeRecord.SchemaObserved(
                            cluster, now, schema.getKey(), hash, schema.getValue()));
        }
        script.onGit().began(cluster, now);
    }

    private void play(RecordingLine line) throws IOException, InterruptedException {
        Throwable problem = refused.get();
        if (problem != null) {
            throw new CompletionException("the intake refused a record", problem);
        }
        switch (line) {
            case RecordingLine.Header _ -> throw new IOException("the recording has two headers");
            case RecordingLine.Watch watch -> {
                advance(watch.at());
                PlayedType path = paths.get(watch.path());
                if (path != null) {
                    play(path, watch);
                }
            }
            case RecordingLine.Git git -> {
                advance(git.at());
                script.onGit().changed(context().cluster(), git);
            }
            case RecordingLine.Hook hook -> {
                advance(hook.at());
                send(hook(hook));
            }
            case RecordingLine.Audit audit -> {
                advance(audit.at());
                if (audit.event() instanceof ObjectNode event) {
                    send(
                            new IntakeRecord.AuditObserved(
                                    context().cluster(), now, AuditEvents.withoutBodies(event)));
                }
            }
        }
    }

    private void play(PlayedType path, RecordingLine.Watch watch) throws InterruptedException {
        RecordingLine.Bytes bytes = watch.event();
        boolean added = isAdded(bytes);
        if (added && !path.inRun) {
            path.feed.beginList(!path.listed);
        }
        boolean wasRun = path.inRun;
        path.inRun = added;
        int size = bytes.to() - bytes.from();
        if (size > script.options().settings().objectBytesMax()) {
            oversized(path.feed, bytes, size);
            return;
        }
        TypeFeed.Outcome outcome = path.feed.event(bytes.buffer(), bytes.from(), bytes.to(), now);
        if (outcome == TypeFeed.Outcome.LIST_END) {
            if (!wasRun) {
                path.feed.beginList(!path.listed);
            }
            path.feed.completeList(path.feed.bookmarkVersion(), now, null);
            path.listed = true;
        }
    }

    private void oversized(TypeFeed feed, RecordingLine.Bytes bytes, int size)
            throws InterruptedException {
        byte[] event = java.util.Arrays.copyOfRange(bytes.buffer(), bytes.from(), bytes.to());
        byte[] prefix = java.util.Arrays.copyOf(event, Math.min(size, 64 * 1024));
        feed.oversizedEvent(prefix, Digest.of(event), size, now);
    }

    private static boolean isAdded(RecordingLine.Bytes bytes) {
        byte[] type = "\"type\"".getBytes(StandardCharsets.US_ASCII);
        JsonCursor cursor = new JsonCursor();
        cursor.reset(bytes.buffer(), bytes.from(), bytes.to());
        byte[] key = java.util.Arrays.copyOfRange(type, 1, type.length - 1);
        try {
            cursor.enter('{');
            while (cursor.nextMember()) {
                if (cursor.keyIs(key)) {
                    return cursor.text().equals("ADDED");
                }
                cursor.skip();
            }
        } catch (JsonCursor.BrokenJson e) {
            return false;
        }
        return false;
    }

    private void advance(Instant at) throws InterruptedException {
        pace(at);
        while (Duration.between(heartbeatAt, at).compareTo(HEARTBEAT) >= 0) {
            heartbeatAt = heartbeatAt.plus(HEARTBEAT);
            now = heartbeatAt;
            heartbeat();
        }
        now = at;
    }

    private void pace(Instant at) throws InterruptedException {
        Double speed = script.speed();
        if (speed == null) {
            return;
        }
        if (firstAt == null) {
            firstAt = at;
            startedNanos = System.nanoTime();
        }
        double dueNanos = Duration.between(firstAt, at).toNanos() / speed;
        long waitNanos = startedNanos + (long) dueNanos - System.nanoTime();
        if (waitNanos > 0) {
            Thread.sleep(Duration.ofNanos(waitNanos));
        }
    }

    private void heartbeat() throws InterruptedException {
        TreeMap<String, String> versions = new TreeMap<>();
        long eventsCount = 0;
        for (PlayedType path : paths.values()) {
            if (path.listed) {
                versions.put(path.feed.type().path(), path.feed.resourceVersion());
            }
            eventsCount += path.feed.eventsCount();
        }
        send(new IntakeRecord.Heartbeat(context().cluster(), now, versions, eventsCount));
    }

    private void end() throws InterruptedException {
        heartbeat();
        send(
                new IntakeRecord.InstanceStopped(
                        context().cluster(), now, script.options().instance(), "recording ended"));
        context().outbox().settle();
    }

    private IntakeRecord.HookReceived hook(RecordingLine.Hook hook) {
        JsonNode body;
        try {
            body = Json.parse(hook.body().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            body = TextNode.valueOf(hook.body());
        }
        if (body instanceof ObjectNode object) {
            body = context().redaction().redact(context().cluster(), object);
        }
        String name = hook.path().substring(hook.path().lastIndexOf('/') + 1);
        return new IntakeRecord.HookReceived(context().cluster(), now, name, hook.path(), body);
    }

    private void send(IntakeRecord record) throws InterruptedException {
        context().outbox().send(record);
    }

    private FeedContext context() {
        FeedContext begun = context;
        if (begun == null) {
            throw new IllegalStateException("nothing is being played yet");
        }
        return begun;
    }
}
