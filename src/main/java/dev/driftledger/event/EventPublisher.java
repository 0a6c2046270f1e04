package dev.driftledger.event;

import dev.driftledger.ledger.EntryType;
import dev.driftledger.store.EntryReader;
import dev.driftledger.store.PublishCursors;
import dev.driftledger.store.Recorded;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/// Publishes what a log holds, from where it stopped last: at least once, in order, never from
/// memory. The cursor moves only after Kafka has acknowledged everything before it.
@Singleton
public final class EventPublisher {
    private static final String CONSUMER = "drift";

    /// So many entries that are no events may be looked at again, to spare a write for each.
    private static final long PASSED_MAX = 1_000;

    private static final Set<EntryType> PUBLISHED =
            Arrays.stream(EntryType.values())
                    .filter(type -> EventType.of(type) != null)
                    .collect(Collectors.toUnmodifiableSet());

    private final EntryReader entries;
    private final PublishCursors cursors;
    private final DriftChannel channel;
    private final EventConfig config;
    private final AtomicLong publishedCount = new AtomicLong();

    EventPublisher(
            EntryReader entries, PublishCursors cursors, DriftChannel channel, EventConfig config) {
        this.entries = entries;
        this.cursors = cursors;
        this.channel = channel;
        this.config = config;
    }

    /// How many events Kafka acknowledged since the start.
    public long publishedCount() {
        return publishedCount.get();
    }

    /// Publishes one batch of a log; waits for it. May be called by one thread per log.
    ///
    /// @return whether there may be more
    /// @throws PublishException when the database or Kafka did not answer; nothing is skipped
    public boolean publishSome(String cluster) {
        try {
            EntryReader.Unread unread =
                    entries.unread(cluster, CONSUMER, PUBLISHED, config.batchCount())
                            .await()
                            .atMost(config.timeout());
            List<Recorded> batch = unread.entries();
            long passed = unread.size() - unread.from();
            if (batch.isEmpty() && passed < PASSED_MAX) {
                return false;
            }
            publish(batch);
            boolean more = batch.size() == config.batchCount();
            long next = more ? batch.getLast().index() + 1 : unread.size();
            cursors.advance(cluster, CONSUMER, unread.from(), next)
                    .await()
                    .atMost(config.timeout());
            return more;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PublishException(cluster, e);
        } catch (Exception e) {
            throw new PublishException(cluster, e);
        }
    }

    /// Waits as long as Kafka is away: what is under way would be sent twice otherwise.
    private void publish(List<Recorded> batch) throws Exception {
        CompletableFuture<?>[] sent =
                batch.stream()
                        .map(r -> DriftEvent.of(r.index(), r.entry(), config.publicUrl()))
                        .map(event -> channel.send(java.util.Objects.requireNonNull(event)))
                        .map(done -> done.toCompletableFuture())
                        .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(sent).get();
        publishedCount.addAndGet(sent.length);
    }

    /// A batch that was not published; it will be, from the same cursor.
    public static final class PublishException extends RuntimeException {
        PublishException(String cluster, Exception cause) {
            super("publishing the log of cluster " + cluster + ": " + cause, cause);
        }
    }
}
