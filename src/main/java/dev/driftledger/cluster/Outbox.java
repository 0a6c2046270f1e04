package dev.driftledger.cluster;

import dev.driftledger.intake.IntakeSink;
import dev.driftledger.model.IntakeRecord;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Records on their way to the sink: bounded, in the order of [#send].
///
/// A sender waits while too many bytes are unacknowledged; so a sink that stands still stops the
/// reading of the watches. After one record was refused for good nothing more is sent: what came
/// later must not become durable without it.
final class Outbox {
    private static final int UNIT_BYTES = 1024;

    private final IntakeSink sink;
    private final Consumer<Throwable> onFailure;
    private final int unitsMax;
    private final Semaphore units;
    private final Set<Parcel> underWay = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Throwable failure;

    /// One record under way.
    private static final class Parcel {
        private final CompletableFuture<Void> done;

        private Parcel(CompletableFuture<Void> done) {
            this.done = done;
        }
    }

    /// @param onFailure called when the sink refused a record for good
    Outbox(IntakeSink sink, int bytesMax, Consumer<Throwable> onFailure) {
        this.sink = sink;
        this.onFailure = onFailure;
        this.unitsMax = Math.max(1, bytesMax / UNIT_BYTES);
        this.units = new Semaphore(unitsMax);
    }

    /// Hands a record over, waiting for room.
    ///
    /// @param sizeBytes about what it takes
    void send(IntakeRecord record, int sizeBytes) throws InterruptedException {
        int taken = Math.min(unitsMax, 1 + sizeBytes / UNIT_BYTES);
        units.acquire(taken);
        CompletableFuture<Void> done;
        synchronized (this) {
            requireHealthy();
            done = sink.send(record).toCompletableFuture();
        }
        if (done.isDone() && !done.isCompletedExceptionally()) {
            units.release(taken);
            return;
        }
        Parcel parcel = new Parcel(done);
        underWay.add(parcel);
        CompletableFuture<Void> _ =
                done.whenComplete((_, problem) -> {
                    if (problem != null) {
                        fail(problem);
                    }
                    underWay.remove(parcel);
                    units.release(taken);
                });
    }

    /// Hands over a small record, waiting for room.
    void send(IntakeRecord record) throws InterruptedException {
        send(record, 0);
    }

    /// Waits until all that was sent before is durable.
    void settle() throws InterruptedException {
        CompletableFuture<?>[] all =
                underWay.stream().map(parcel -> parcel.done).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(all).get();
        } catch (java.util.concurrent.ExecutionException | CancellationException e) {
            fail(e);
        }
        requireHealthy();
    }

    private void fail(Throwable problem) {
        boolean first;
        synchronized (this) {
            first = failure == null;
            if (first) {
                failure = problem;
            }
        }
        if (first) {
            onFailure.accept(problem);
        }
    }

    private void requireHealthy() {
        Throwable problem = failure;
        if (problem != null) {
            throw new CompletionException("the intake refused a record", problem);
        }
    }
}
