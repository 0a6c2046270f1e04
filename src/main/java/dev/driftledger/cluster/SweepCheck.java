package dev.driftledger.cluster;

import dev.driftledger.cluster.ObjectIndex.Seen;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Compares the index of a running watch with a list of the same version.
///
/// The watch sums up its index in the moment between the last event that the list contains and
/// the first that it does not.
final class SweepCheck {
    private final String version;
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();

    /// What the watch said about the moment.
    sealed interface Answer {
        /// The index summed up at the list's version.
        record Summed(ListSum sum) implements Answer {}

        /// The watch had passed the list's version already.
        record TooLate() implements Answer {}
    }

    SweepCheck(String version) {
        this.version = version;
    }

    /// Called by the feed's thread before it applies an event or bookmark.
    void beforeEvent(TypeFeed feed, String eventVersion, boolean bookmark) {
        if (answer.isDone()) {
            return;
        }
        if (Versions.isOlder(version, feed.resourceVersion())) {
            answer.complete(new Answer.TooLate());
        } else if (Versions.isOlder(version, eventVersion)
                || (bookmark && Versions.reaches(eventVersion, version))) {
            answer.complete(new Answer.Summed(sum(feed.index())));
        }
    }

    /// Waits for the watch; too late too when it does not pass the version within the time.
    Answer await(Duration most) throws InterruptedException {
        try {
            return answer.get(most.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return new Answer.TooLate();
        } catch (ExecutionException e) {
            throw new AssertionError("nobody fails this future", e);
        }
    }

    private static ListSum sum(ObjectIndex index) {
        ListSum sum = new ListSum();
        for (Seen seen : index.all()) {
            sum.add(seen.key(), seen.uid(), seen.resourceVersion());
        }
        return sum;
    }
}
