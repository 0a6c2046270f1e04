package dev.driftledger.cluster;

import dev.driftledger.cluster.ApiServer.Refused;
import dev.driftledger.model.Digest;
import dev.driftledger.model.IntakeRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Lists and watches one type for as long as its thread is not interrupted.
///
/// It goes on at the last version wherever it can; where the server has forgotten it, it lists
/// anew and records the time between as a gap. What goes wrong here stops nothing else.
final class TypeWatch implements Runnable {
    private static final Logger LOG = Logger.getLogger(TypeWatch.class);
    private static final String WATCHING = "watching";
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final int FAILURES_UNTIL_UNREACHABLE = 3;
    private static final String LIST_QUERY =
            "?watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan"
                    + "&allowWatchBookmarks=true&resourceVersion=";
    private static final String WATCH_QUERY = "?watch=1&allowWatchBookmarks=true&resourceVersion=";

    private final WatchContext context;
    private final TypeFeed feed;
    private final Backoff backoff;
    private final Sweeper sweeper;

    private volatile @Nullable Lapse relistAsked;
    private @Nullable Lapse lapse;
    private String unavailableReason = "";
    private boolean announced;

    /// A time that was not watched, not recorded yet.
    record Lapse(Instant from, String cause, String detail) {}

    TypeWatch(WatchContext context, TypeFeed feed, @Nullable Lapse lapse) {
        this.context = context;
        this.feed = feed;
        this.lapse = lapse;
        this.backoff = context.backoff();
        this.sweeper = new Sweeper(context, feed);
    }

    /// What comes in; any thread may ask for its counters.
    TypeFeed feed() {
        return feed;
    }

    /// Checks with a complete list that nothing was missed; called by another thread.
    void sweep() throws InterruptedException {
        Lapse found = sweeper.sweep();
        if (found != null) {
            relistAsked = found;
        }
    }

    @Override
    public void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                attempt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.CompletionException e) {
            LOG.debugf(e, "watch ends, the intake refuses: type=%s", feed.type().path());
        }
    }

    private void attempt() throws InterruptedException {
        try {
            if (feed.resourceVersion().isEmpty() || lapse != null) {
                list();
            } else {
                stream(WATCH_QUERY + feed.resourceVersion(), new ListTurn(true));
            }
        } catch (Refused e) {
            refused(e.status());
        } catch (ByteStream.EndOfStream e) {
            ended();
        } catch (Relist e) {
            lapse = e.lapse;
        } catch (IOException e) {
            failed("unreachable", String.valueOf(e.getMessage()));
        } catch (java.util.concurrent.CompletionException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.warnf(e, "watch failed: type=%s", feed.type().path());
            unavailable("broken", String.valueOf(e));
            pause(backoff.next());
        }
    }

    private void list() throws IOException, InterruptedException, Refused, Relist {
        context.lists().acquire();
        ListTurn turn = new ListTurn();
        try {
            if (context.watchListServed().get()) {
                feed.beginList(true);
                stream(LIST_QUERY, turn);
            } else {
                pagedList();
            }
        } finally {
            turn.end();
        }
    }

    private void pagedList() throws IOException, InterruptedException, Refused {
        feed.beginList(true);
        String version = new PagedList(context, feed.type()).read(new ItemLines(), _ -> {});
        listed(version);
    }

    private void stream(String query, ListTurn turn)
            throws IOException, InterruptedException, Refused, Relist {
        announced = false;
        String path = feed.type().path() + query;
        try (ByteStream stream = context.api().open(path, ApiServer.JSON)) {
            LineFrames frames = new LineFrames(context.settings().objectBytesMax() + 64);
            EventLines lines = new EventLines(turn);
            long heardAt = System.nanoTime();
            while (true) {
                ByteBuffer chunk = stream.next(TICK);
                if (chunk == null) {
                    requireAlive(heardAt);
                    quiet(lines);
                } else {
                    heardAt = System.nanoTime();
                    frames.feed(chunk, lines);
                    lines.requireNoError();
                }
                requireNoRelist();
            }
        }
    }

    private void requireAlive(long heardAt) throws IOException {
        Duration silent = Duration.ofNanos(System.nanoTime() - heardAt);
        if (silent.compareTo(context.settings().times().deadAfter()) > 0) {
            throw new IOException("no event and no bookmark for " + silent.toSeconds() + " s");
        }
    }

    private void requireNoRelist() throws Relist {
        Lapse asked = relistAsked;
        if (asked != null) {
            relistAsked = null;
            throw new Relist(asked);
        }
    }

    private void quiet(EventLines lines) throws InterruptedException {
        if (!lines.listing()) {
            announce();
        }
    }

    private void announce() throws InterruptedException {
        if (announced) {
            return;
        }
        announced = true;
        backoff.succeeded();
        if (!unavailableReason.equals(WATCHING)) {
            unavailableReason = WATCHING;
            feed.started(context.clock().instant(), true);
        }
    }

    private void listed(String version) throws InterruptedException {
        Instant now = context.clock().instant();
        feed.completeList(version, now, gap(now));
        lapse = null;
        unavailableReason = WATCHING;
        announced = true;
        backoff.succeeded();
        sweeper.verified(now);
    }

    private IntakeRecord.@Nullable WatchGap gap(Instant now) {
        Lapse open = lapse;
        if (open == null) {
            return null;
        }
        return new IntakeRecord.WatchGap(
                context.feed().cluster(),
                now,
                List.of(feed.type().path()),
                open.from(),
                now,
                open.cause(),
                open.detail());
    }

    private void ended() throws InterruptedException {
        if (!announced) {
            failed("unreachable", "the server ends the stream at once");
        }
    }

    private void refused(ServerStatus status) throws InterruptedException {
        if (status.expired()) {
            expired(status);
        } else if ((status.code() == 400 || status.code() == 422)
                && context.watchListServed().compareAndSet(true, false)) {
            LOG.infof("streamed lists are not served, listing pages: %s", status.describe());
        } else if (status.code() == 401 || status.code() == 403) {
            unavailable("forbidden", status.describe());
            pause(backoff.jittered(context.settings().times().backoffMax()));
        } else if (status.code() == 404 || status.code() == 405) {
            unavailable("not-found", status.describe());
            context.typesChanged().run();
            pause(backoff.jittered(context.settings().times().backoffMax()));
        } else if (status.code() == 429 || status.code() >= 500) {
            throttled(status);
        } else {
            failed("broken", status.describe());
        }
    }

    private void expired(ServerStatus status) throws InterruptedException {
        Instant alive = feed.aliveAt();
        if (lapse == null && alive != null && !feed.resourceVersion().isEmpty()) {
            lapse = new Lapse(alive, "expired", status.describe());
        } else {
            pause(backoff.next());
        }
    }

    private void throttled(ServerStatus status) throws InterruptedException {
        Duration delay = backoff.next();
        Duration asked = status.retryAfter();
        Duration most = context.settings().times().backoffMax();
        reportAfterFailures("unreachable", status.describe());
        if (asked != null && asked.compareTo(delay) > 0) {
            delay = asked.compareTo(most) > 0 ? most : asked;
        }
        pause(delay);
    }

    private void failed(String reason, String detail) throws InterruptedException {
        Duration delay = backoff.next();
        reportAfterFailures(reason, detail);
        pause(delay);
    }

    private void reportAfterFailures(String reason, String detail) throws InterruptedException {
        LOG.debugf("watch interrupted: type=%s detail=%s", feed.type().path(), detail);
        if (backoff.failuresCount() >= FAILURES_UNTIL_UNREACHABLE) {
            unavailable(reason, detail);
        }
    }

    private void unavailable(String reason, String detail) throws InterruptedException {
        if (unavailableReason.equals(reason)) {
            return;
        }
        unavailableReason = reason;
        context.feed()
                .outbox()
                .send(
                        new IntakeRecord.TypeUnavailable(
                                context.feed().cluster(),
                                context.clock().instant(),
                                feed.type(),
                                reason,
                                detail));
    }

    private static void pause(Duration delay) throws InterruptedException {
        Thread.sleep(delay);
    }

    /// Something asked for a complete list.
    private static final class Relist extends Exception {
        private static final long serialVersionUID = 1;

        private final transient Lapse lapse;

        Relist(Lapse lapse) {
            super(lapse.cause(), null, false, false);
            this.lapse = lapse;
        }
    }

    /// The permit to list, given back once.
    private final class ListTurn {
        private boolean over;

        ListTurn() {}

        ListTurn(boolean over) {
            this.over = over;
        }

        void end() {
            if (!over) {
                over = true;
                context.lists().release();
            }
        }
    }

    /// The items of paged lists.
    private final class ItemLines implements LineFrames.Lines {
        @Override
        public void line(byte[] buffer, int from, int to) throws InterruptedException {
            feed.item(buffer, from, to, context.clock().instant());
        }

        @Override
        public void oversized(byte[] prefix, Digest digest, long sizeBytes)
                throws InterruptedException {
            feed.oversizedItem(prefix, digest, sizeBytes, context.clock().instant());
        }
    }

    /// The events of a watch.
    private final class EventLines implements LineFrames.Lines {
        private final ListTurn turn;
        private @Nullable ServerStatus error;

        EventLines(ListTurn turn) {
            this.turn = turn;
        }

        /// Whether the list that began the stream is not complete yet.
        boolean listing() {
            return !turn.over;
        }

        void requireNoError() throws Refused {
            if (error != null) {
                throw new Refused(error);
            }
        }

        @Override
        public void line(byte[] buffer, int from, int to) throws InterruptedException {
            if (error != null) {
                return;
            }
            switch (feed.event(buffer, from, to, context.clock().instant())) {
                case CHANGE -> changed();
                case BOOKMARK -> quiet(this);
                case LIST_END -> {
                    if (listing()) {
                        listed(feed.bookmarkVersion());
                        turn.end();
                    }
                }
                case ERROR -> error = feed.error();
            }
        }

        @Override
        public void oversized(byte[] prefix, Digest digest, long sizeBytes)
                throws InterruptedException {
            feed.oversizedEvent(prefix, digest, sizeBytes, context.clock().instant());
        }

        private void changed() throws InterruptedException {
            quiet(this);
            if (Discovery.definesTypes(feed.type())) {
                context.typesChanged().run();
            }
        }
    }
}
