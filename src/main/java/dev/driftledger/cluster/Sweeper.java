package dev.driftledger.cluster;

import dev.driftledger.cluster.JsonCursor.BrokenJson;
import dev.driftledger.model.Digest;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Lists a type and compares the list with what its watch made of the same version.
///
/// It costs one list and no memory per object. What it finds is not repaired here: the watch
/// lists anew and records the gap.
final class Sweeper {
    private static final Logger LOG = Logger.getLogger(Sweeper.class);
    private static final int ATTEMPTS_MAX = 3;

    private final WatchContext context;
    private final TypeFeed feed;
    private volatile @Nullable Instant verifiedAt;

    Sweeper(WatchContext context, TypeFeed feed) {
        this.context = context;
        this.feed = feed;
    }

    /// Remembers that the index was complete at this time.
    void verified(Instant at) {
        verifiedAt = at;
    }

    /// Compares once; null when both agree or could not be compared this time.
    TypeWatch.@Nullable Lapse sweep() throws InterruptedException {
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            Instant begun = context.clock().instant();
            SumLines listed = new SumLines();
            AtomicReference<SweepCheck> check = new AtomicReference<>();
            try {
                new PagedList(context, feed.type())
                        .read(
                                listed,
                                version -> {
                                    SweepCheck fresh = new SweepCheck(version);
                                    check.set(fresh);
                                    feed.expect(fresh);
                                });
                SweepCheck.Answer answer =
                        check.get().await(context.settings().times().deadAfter());
                if (answer instanceof SweepCheck.Answer.Summed(ListSum watched)) {
                    return compared(listed.sum, watched, begun);
                }
            } catch (IOException | ApiServer.Refused e) {
                LOG.debugf("sweep not done: type=%s detail=%s", feed.type().path(), e.getMessage());
                return null;
            } finally {
                feed.expect(null);
            }
        }
        return null;
    }

    private TypeWatch.@Nullable Lapse compared(ListSum listed, ListSum watched, Instant begun) {
        if (listed.matches(watched)) {
            verified(begun);
            return null;
        }
        Instant since = verifiedAt;
        String detail =
                "a complete list has "
                        + listed.count()
                        + " objects and differs from the "
                        + watched.count()
                        + " that the watch made";
        return new TypeWatch.Lapse(since == null ? begun : since, "silent-watch", detail);
    }

    /// Sums up the items of a list.
    private final class SumLines implements LineFrames.Lines {
        private final ListSum sum = new ListSum();
        private final JsonCursor cursor = new JsonCursor();
        private final ObjectScanner scanner =
                new ObjectScanner(feed.type(), context.feed().fingerprintKey());

        @Override
        public void line(byte[] buffer, int from, int to) {
            cursor.reset(buffer, from, to);
            try {
                scanner.scan(cursor, buffer);
            } catch (BrokenJson e) {
                LOG.debugf("sweep met a broken object: type=%s", feed.type().path());
            }
            if (scanner.name() != null) {
                String key = ObjectIndex.key(scanner.namespace(), scanner.name());
                sum.add(key, scanner.uid(), scanner.resourceVersion());
            }
        }

        @Override
        public void oversized(byte[] prefix, Digest digest, long sizeBytes) {
            line(prefix, 0, prefix.length);
        }
    }
}
