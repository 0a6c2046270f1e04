package dev.driftledger.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.cluster.JsonCursor.BrokenJson;
import dev.driftledger.cluster.ObjectIndex.Seen;
import dev.driftledger.model.Digest;
import dev.driftledger.model.IntakeRecord;
import dev.driftledger.model.ResourceKey;
import dev.driftledger.model.ResourceType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Turns what a server says about one type into intake records; the same for live watches and for
/// recordings.
///
/// It sends a version only if it is new to the index by its fingerprint. Owned by one thread, but
/// for the questions that say otherwise.
final class TypeFeed {
    private static final byte[] TYPE = "type".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OBJECT = "object".getBytes(StandardCharsets.US_ASCII);

    private final FeedContext context;
    private final ResourceType type;
    private final ObjectIndex index;
    private final ObjectScanner scanner;
    private final JsonCursor cursor = new JsonCursor();

    private volatile String resourceVersion = "";
    private final AtomicLong eventsCount = new AtomicLong();
    private volatile @Nullable Instant aliveAt;
    private boolean listing;
    private @Nullable ServerStatus error;
    private @Nullable Digest lastNameless;
    private volatile @Nullable SweepCheck sweep;
    private String event = "";

    /// What an event was.
    enum Outcome {
        /// A change, or the unreadable form of one.
        CHANGE,
        /// A bookmark inside of the stream.
        BOOKMARK,
        /// The bookmark that ends a streamed list.
        LIST_END,
        /// The server gave up; see [#error()].
        ERROR
    }

    TypeFeed(FeedContext context, ResourceType type, ObjectIndex index) {
        this.context = context;
        this.type = type;
        this.index = index;
        this.scanner = new ObjectScanner(type, context.fingerprintKey());
    }

    /// The type that is fed.
    ResourceType type() {
        return type;
    }

    /// Up to where the type was seen; empty before the first list. Any thread may ask.
    String resourceVersion() {
        return resourceVersion;
    }

    /// How many changes came in. Any thread may ask.
    long eventsCount() {
        return eventsCount.get();
    }

    /// When the server was heard last; null before. Any thread may ask.
    @Nullable Instant aliveAt() {
        return aliveAt;
    }

    /// What is known of the objects; for the owner only.
    ObjectIndex index() {
        return index;
    }

    /// Has a check look at the index when the watch passes its version. Any thread may ask.
    void expect(@Nullable SweepCheck check) {
        sweep = check;
    }

    /// What the last event of [Outcome#ERROR] said.
    ServerStatus error() {
        ServerStatus status = error;
        return status == null ? new ServerStatus(500, "", "no status", null) : status;
    }

    /// The version that the last bookmark carried.
    String bookmarkVersion() {
        return scanner.resourceVersion();
    }

    /// Goes on at a version that was recorded before.
    void resumeAt(String version, @Nullable Instant alive) {
        resourceVersion = version;
        aliveAt = alive;
    }

    /// From here on the server names every object that exists.
    ///
    /// @param marked whether the objects are to be recorded as listed, not as just changed
    void beginList(boolean marked) {
        listing = marked;
        index.beginList();
    }

    /// Every object was named: what was not is gone.
    ///
    /// @param gap the time that was not watched before this list; null when there was none
    void completeList(String version, Instant at, IntakeRecord.@Nullable WatchGap gap)
            throws InterruptedException {
        Instant lastSeen = aliveAt == null ? at : aliveAt;
        for (Seen gone : index.unlisted()) {
            tombstone(gone, at, lastSeen);
        }
        listing = false;
        resourceVersion = version;
        aliveAt = at;
        if (gap != null) {
            context.outbox().send(gap);
        }
        context.tap().listed(at, type, version);
        started(at, false);
    }

    /// Says that all changes are being seen from here on.
    void started(Instant at, boolean resumed) throws InterruptedException {
        context.outbox()
                .send(
                        new IntakeRecord.WatchStarted(
                                context.cluster(),
                                at,
                                type,
                                resourceVersion,
                                index.count(),
                                resumed));
    }

    /// Records an object as gone that vanished while nobody looked.
    void tombstone(Seen gone, Instant at, Instant lastSeen) throws InterruptedException {
        context.outbox().send(deletion(gone, gone.resourceVersion(), at, lastSeen));
        index.remove(gone.key());
    }

    /// Takes one event of a watch, `{"type": …, "object": …}`.
    Outcome event(byte[] buffer, int from, int to, Instant at) throws InterruptedException {
        Outcome outcome;
        try {
            outcome = scanEvent(buffer, from, to, at);
        } catch (BrokenJson e) {
            unreadable(
                    Arrays.copyOfRange(buffer, from, to),
                    to - from,
                    "is no JSON: " + e.getMessage(),
                    at);
            outcome = Outcome.CHANGE;
        }
        if (outcome != Outcome.ERROR && !listing) {
            aliveAt = at;
        }
        return outcome;
    }

    /// Takes one item of a list.
    void item(byte[] buffer, int from, int to, Instant at) throws InterruptedException {
        cursor.reset(buffer, from, to);
        eventsCount.incrementAndGet();
        try {
            scanner.scan(cursor, buffer);
            context.tap().change(at, type, "ADDED", buffer, from, to);
            observed(buffer, from, to, at);
        } catch (BrokenJson e) {
            unreadable(
                    Arrays.copyOfRange(buffer, from, to),
                    to - from,
                    "is no JSON: " + e.getMessage(),
                    at);
        }
    }

    /// Takes what is left of an event that was over the limit.
    void oversizedEvent(byte[] prefix, Digest digest, long sizeBytes, Instant at)
            throws InterruptedException {
        eventsCount.incrementAndGet();
        aliveAt = listing ? aliveAt : at;
        try {
            scanEvent(prefix, 0, prefix.length, at);
        } catch (BrokenJson e) {
            if (event.equals("DELETED") && scanner.name() != null) {
                deleted(at);
                advance();
                return;
            }
        }
        tooLarge(digest, sizeBytes, at);
    }

    /// Takes what is left of a list's item that was over the limit.
    void oversizedItem(byte[] prefix, Digest digest, long sizeBytes, Instant at)
            throws InterruptedException {
        eventsCount.incrementAndGet();
        cursor.reset(prefix, 0, prefix.length);
        try {
            scanner.scan(cursor, prefix);
        } catch (BrokenJson e) {
            tooLarge(digest, sizeBytes, at);
        }
    }

    private void tooLarge(Digest digest, long sizeBytes, Instant at)
            throws InterruptedException {
        String reason =
                "has "
                        + sizeBytes
                        + " bytes, over driftledger.cluster.object-bytes-max; raise it to see it";
        unreadable(digest, sizeBytes, reason, at);
    }

    private Outcome scanEvent(byte[] buffer, int from, int to, Instant at)
            throws BrokenJson, InterruptedException {
        scanner.clear();
        cursor.reset(buffer, from, to);
        cursor.enter('{');
        event = "";
        int objectAt = -1;
        int objectEnd = -1;
        boolean scanned = false;
        while (cursor.nextMember()) {
            if (cursor.keyIs(TYPE)) {
                event = cursor.text();
            } else if (cursor.keyIs(OBJECT)) {
                objectAt = cursor.position();
                scanned = !event.isEmpty() && !event.equals("ERROR");
                if (scanned) {
                    scanner.scan(cursor, buffer);
                } else {
                    cursor.skip();
                }
                objectEnd = cursor.position();
            } else {
                cursor.skip();
            }
        }
        if (objectAt < 0) {
            throw new BrokenJson("want an event with an object");
        }
        if (!scanned && !event.equals("ERROR")) {
            cursor.reset(buffer, objectAt, objectEnd);
            scanner.scan(cursor, buffer);
        }
        return apply(new Span(buffer, objectAt, objectEnd), at);
    }

    private Outcome apply(Span object, Instant at)
            throws BrokenJson, InterruptedException {
        SweepCheck check = sweep;
        if (check != null && !event.equals("ERROR")) {
            check.beforeEvent(this, scanner.resourceVersion(), event.equals("BOOKMARK"));
        }
        return switch (event) {
            case "ADDED", "MODIFIED", "DELETED" -> change(object, at);
            case "BOOKMARK" -> bookmark(at);
            case "ERROR" -> {
                byte[] status = Arrays.copyOfRange(object.buffer, object.from, object.to);
                error = ServerStatus.read(500, status, null);
                yield Outcome.ERROR;
            }
            default -> throw new BrokenJson("unknown event type");
        };
    }

    private Outcome change(Span object, Instant at) throws InterruptedException {
        eventsCount.incrementAndGet();
        context.tap().change(at, type, event, object.buffer, object.from, object.to);
        if (event.equals("DELETED")) {
            deleted(at);
        } else {
            observed(object.buffer, object.from, object.to, at);
        }
        advance();
        return Outcome.CHANGE;
    }

    private Outcome bookmark(Instant at) {
        advance();
        if (scanner.initialEventsEnd()) {
            return Outcome.LIST_END;
        }
        context.tap().bookmark(at, type, scanner.resourceVersion());
        return Outcome.BOOKMARK;
    }

    private void observed(byte[] buffer, int from, int to, Instant at)
            throws InterruptedException {
        String name = scanner.name();
        if (name == null || name.isEmpty()) {
            unreadable(Arrays.copyOfRange(buffer, from, to), to - from, "has no name", at);
            return;
        }
        String key = ObjectIndex.key(scanner.namespace(), name);
        Seen seen = index.find(key);
        if (seen != null && isOlder(scanner.resourceVersion(), seen.resourceVersion())) {
            return;
        }
        if (seen != null && !seen.uid().equals(scanner.uid())) {
            context.outbox().send(deletion(seen, seen.resourceVersion(), at, lastSeen(at)));
            seen = null;
        }
        if (seen != null && scanner.fingerprint().equals(seen.fingerprint())) {
            remember(key, scanner.fingerprint());
        } else {
            send(buffer, from, to, at);
        }
    }

    private void send(byte[] buffer, int from, int to, Instant at) throws InterruptedException {
        ObjectNode tree;
        try {
            tree = ObjectTree.read(type, buffer, from, to);
        } catch (ObjectTree.Unreadable e) {
            unreadable(
                    Arrays.copyOfRange(buffer, from, to), to - from, message(e), at);
            return;
        }
        ObjectNode redacted = context.redaction().redact(context.cluster(), tree);
        context.outbox()
                .send(
                        new IntakeRecord.ObjectObserved(
                                context.cluster(),
                                at,
                                type,
                                redacted,
                                scanner.fingerprint().hex(),
                                listing),
                        to - from);
        remember(
                ObjectIndex.key(scanner.namespace(), String.valueOf(scanner.name())),
                scanner.fingerprint());
    }

    private void deleted(Instant at) throws InterruptedException {
        String key = ObjectIndex.key(scanner.namespace(), String.valueOf(scanner.name()));
        Seen seen = index.find(key);
        if (seen == null || !seen.uid().equals(scanner.uid())) {
            return;
        }
        context.outbox().send(deletion(seen, scanner.resourceVersion(), at, null));
        index.remove(key);
    }

    private void unreadable(byte[] content, long sizeBytes, String reason, Instant at)
            throws InterruptedException {
        unreadable(Digest.of(content), sizeBytes, reason, at);
    }

    private void unreadable(Digest digest, long sizeBytes, String reason, Instant at)
            throws InterruptedException {
        String name = scanner.name();
        Fingerprint16 mark = Fingerprint16.of(digest.bytes());
        ResourceKey key = null;
        if (name == null || name.isEmpty()) {
            if (lastNameless != null && lastNameless.equals(digest)) {
                return;
            }
            lastNameless = digest;
        } else {
            key = new ResourceKey(type.group(), type.kind(), scanner.namespace(), name);
            String indexKey = ObjectIndex.key(scanner.namespace(), name);
            Seen seen = index.find(indexKey);
            boolean known = seen != null && seen.fingerprint().equals(mark);
            remember(indexKey, mark);
            if (known) {
                return;
            }
        }
        advance();
        context.outbox()
                .send(
                        new IntakeRecord.ObjectUnreadable(
                                context.cluster(), at, type, key, digest, sizeBytes, reason));
    }

    private void remember(String key, Fingerprint16 fingerprint) {
        index.put(key, scanner.uid(), scanner.resourceVersion(), fingerprint);
    }

    private void advance() {
        String version = scanner.resourceVersion();
        if (!listing && !version.isEmpty() && !isOlder(version, resourceVersion)) {
            resourceVersion = version;
        }
    }

    private boolean isOlder(String version, String than) {
        return !listing && Versions.isOlder(version, than);
    }

    private Instant lastSeen(Instant at) {
        Instant alive = aliveAt;
        return alive == null ? at : alive;
    }

    private IntakeRecord.ObjectDeleted deletion(
            Seen seen, String version, Instant at, @Nullable Instant lastSeen) {
        return new IntakeRecord.ObjectDeleted(
                context.cluster(),
                at,
                type,
                new ResourceKey(type.group(), type.kind(), seen.namespace(), seen.name()),
                seen.uid(),
                version,
                lastSeen);
    }

    private static String message(Exception e) {
        String message = e.getMessage();
        return message == null ? "cannot be read" : message;
    }

    /// A range of a lent buffer.
    private static final class Span {
        private final byte[] buffer;
        private final int from;
        private final int to;

        private Span(byte[] buffer, int from, int to) {
            this.buffer = buffer;
            this.from = from;
            this.to = to;
        }
    }
}
