package dev.driftledger.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.cluster.JsonCursor.BrokenJson;
import dev.driftledger.cluster.ObjectIndex.Seen;
import dev.driftledger.model.Digest;
import dev.driftledger.model.IntakeRecord;
import dev.driftledger.model.ResourceKey;
import dev.driftledger.model.ResourceType;
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
    private final FeedContext context;
    private final ResourceType type;
    private final ObjectIndex index;
    private final ObjectScanner scanner;
    private final EventScan event;

    private volatile String resourceVersion = "";
    private final AtomicLong eventsCount = new AtomicLong();
    private volatile @Nullable Instant aliveAt;
    private boolean listing;
    private @Nullable ServerStatus error;
    private @Nullable Digest lastNameless;
    private volatile @Nullable SweepCheck sweep;

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
        this.event = new EventScan(scanner);
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
            event.event(buffer, from, to);
            outcome = apply(at);
        } catch (BrokenJson e) {
            broken(buffer, from, to, at, e);
            outcome = Outcome.CHANGE;
        }
        if (outcome != Outcome.ERROR && !listing) {
            aliveAt = at;
        }
        return outcome;
    }

    /// Takes one item of a list.
    void item(byte[] buffer, int from, int to, Instant at) throws InterruptedException {
        try {
            event.item(buffer, from, to);
            change(at);
        } catch (BrokenJson e) {
            broken(buffer, from, to, at, e);
        }
    }

    /// Takes what is left of an event that was over the limit.
    void oversizedEvent(byte[] prefix, Digest digest, long sizeBytes, Instant at)
            throws InterruptedException {
        eventsCount.incrementAndGet();
        aliveAt = listing ? aliveAt : at;
        try {
            event.event(prefix, 0, prefix.length);
        } catch (BrokenJson e) {
            if (event.type().equals("DELETED") && scanner.name() != null) {
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
        try {
            event.item(prefix, 0, prefix.length);
        } catch (BrokenJson e) {
            tooLarge(digest, sizeBytes, at);
        }
    }

    private void broken(byte[] buffer, int from, int to, Instant at, BrokenJson problem)
            throws InterruptedException {
        eventsCount.incrementAndGet();
        unreadable(Arrays.copyOfRange(buffer, from, to), "is no JSON: " + problem.getMessage(), at);
    }

    private void tooLarge(Digest digest, long sizeBytes, Instant at) throws InterruptedException {
        String reason =
                "has "
                        + sizeBytes
                        + " bytes, over driftledger.cluster.object-bytes-max; raise it to see it";
        unreadable(digest, sizeBytes, reason, at);
    }

    private Outcome apply(Instant at) throws BrokenJson, InterruptedException {
        SweepCheck check = sweep;
        if (check != null && !event.type().equals("ERROR")) {
            check.beforeEvent(this, scanner.resourceVersion(), event.type().equals("BOOKMARK"));
        }
        return switch (event.type()) {
            case "ADDED", "MODIFIED", "DELETED" -> change(at);
            case "BOOKMARK" -> bookmark(at);
            case "ERROR" -> {
                error = ServerStatus.read(500, objectBytes(), null);
                yield Outcome.ERROR;
            }
            default -> throw new BrokenJson("unknown event type");
        };
    }

    private byte[] objectBytes() {
        return Arrays.copyOfRange(event.buffer(), event.objectFrom(), event.objectTo());
    }

    private Outcome change(Instant at) throws InterruptedException {
        eventsCount.incrementAndGet();
        context.tap()
                .change(
                        at,
                        type,
                        event.type(),
                        event.buffer(),
                        event.objectFrom(),
                        event.objectTo());
        if (event.type().equals("DELETED")) {
            deleted(at);
        } else {
            observed(at);
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

    private void observed(Instant at) throws InterruptedException {
        String name = scanner.name();
        if (name == null || name.isEmpty()) {
            unreadable(objectBytes(), "has no name", at);
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
            send(at);
        }
    }

    private void send(Instant at) throws InterruptedException {
        ObjectNode tree;
        try {
            tree = ObjectTree.read(type, event.buffer(), event.objectFrom(), event.objectTo());
        } catch (ObjectTree.Unreadable e) {
            unreadable(objectBytes(), String.valueOf(e.getMessage()), at);
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
                        event.objectTo() - event.objectFrom());
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

    private void unreadable(byte[] content, String reason, Instant at) throws InterruptedException {
        unreadable(Digest.of(content), content.length, reason, at);
    }

    private void unreadable(Digest plain, long sizeBytes, String reason, Instant at)
            throws InterruptedException {
        // It may be a Secret that nobody could redact.
        Digest digest = context.edgeKey().keyed(plain);
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
}
