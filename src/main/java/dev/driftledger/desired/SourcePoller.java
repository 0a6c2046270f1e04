package dev.driftledger.desired;

import dev.driftledger.intake.IntakeSink;
import dev.driftledger.model.ClusterRef;
import dev.driftledger.model.Digest;
import dev.driftledger.model.IntakeRecord;
import dev.driftledger.model.RecorderConfig;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/// Follows one source: asks for its head, and when it moved sends what is desired from then on.
///
/// Each object is sent before the first [IntakeRecord.DesiredRendered] that names it; nothing
/// counts as sent before the sink says that it is durable. When the source cannot be read it says
/// so once, and once when it can be again. Not for several threads.
final class SourcePoller {
    private static final int UNDER_WAY_MAX = 256;
    private static final long SEND_SECONDS_MAX = 120;

    private final ClusterRef cluster;
    private final RecorderConfig.Application application;
    private final Source source;
    private final IntakeSink sink;
    private final Clock clock;

    private @Nullable ObjectId head;
    private @Nullable Instant lastReadAt;
    private boolean stale;
    private Set<Digest> sent = new HashSet<>();

    SourcePoller(
            ClusterRef cluster,
            RecorderConfig.Application application,
            Source source,
            IntakeSink sink,
            Clock clock) {
        this.cluster = cluster;
        this.application = application;
        this.source = source;
        this.sink = sink;
        this.clock = clock;
    }

    /// Looks once.
    ///
    /// @return true when the source could be read; false calls for a longer pause
    /// @throws SinkException when a record did not become durable; what it belonged to is sent
    ///     again at the next call
    boolean poll() throws SinkException, InterruptedException {
        try {
            ObjectId newest = source.fetch();
            ObjectId known = head;
            if (newest.equals(known)) {
                sayFresh();
            } else {
                boolean rewritten = known != null && !source.isAncestor(known, newest);
                send(source.render(newest), rewritten);
                head = newest;
                stale = false;
            }
            lastReadAt = clock.instant();
            return true;
        } catch (SourceException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException("asked to stop while reading a source");
            }
            sayStale(e.getMessage());
            return false;
        }
    }

    private void send(Rendering rendering, boolean rewritten)
            throws SinkException, InterruptedException {
        List<CompletionStage<Void>> underWay = new ArrayList<>();
        Set<Digest> now = new HashSet<>();
        for (Rendering.Manifest manifest : rendering.manifests()) {
            if (now.add(manifest.digest()) && !sent.contains(manifest.digest())) {
                underWay.add(
                        sink.send(
                                new IntakeRecord.DesiredObject(
                                        cluster,
                                        clock.instant(),
                                        manifest.digest(),
                                        manifest.object())));
                if (underWay.size() == UNDER_WAY_MAX) {
                    await(underWay);
                }
            }
        }
        await(underWay);
        sendOne(
                new IntakeRecord.DesiredRendered(
                        cluster,
                        clock.instant(),
                        application.id(),
                        rendering.revision(),
                        rendering.resources(),
                        rendering.problems(),
                        rewritten));
        sent = now;
    }

    private void sayFresh() throws SinkException, InterruptedException {
        if (stale) {
            sendOne(new IntakeRecord.DesiredFresh(cluster, clock.instant(), application.id()));
            stale = false;
        }
    }

    private void sayStale(String reason) throws SinkException, InterruptedException {
        if (!stale) {
            sendOne(
                    new IntakeRecord.DesiredStale(
                            cluster, clock.instant(), application.id(), lastReadAt, reason));
            stale = true;
        }
    }

    private void sendOne(IntakeRecord record) throws SinkException, InterruptedException {
        await(new ArrayList<>(List.of(sink.send(record))));
    }

    private static void await(List<CompletionStage<Void>> underWay)
            throws SinkException, InterruptedException {
        try {
            for (CompletionStage<Void> one : underWay) {
                one.toCompletableFuture().get(SEND_SECONDS_MAX, TimeUnit.SECONDS);
            }
        } catch (ExecutionException | CompletionException | TimeoutException e) {
            throw new SinkException(e);
        }
        underWay.clear();
    }

    /// One source of one application, as far as a poller needs it.
    interface Source {
        /// The newest commit, fetched.
        ObjectId fetch() throws SourceException;

        /// Whether a commit is part of the history of another.
        boolean isAncestor(ObjectId older, ObjectId newer) throws SourceException;

        /// The objects at a commit.
        Rendering render(ObjectId commit) throws SourceException;
    }

    /// The intake did not take a record.
    static final class SinkException extends Exception {
        private static final long serialVersionUID = 1L;

        SinkException(Throwable cause) {
            super("intake did not take a record", cause);
        }
    }
}
