package dev.driftledger.desired;

import dev.driftledger.intake.IntakeSink;
import dev.driftledger.intake.RecordTooLargeException;
import dev.driftledger.model.ClusterRef;
import dev.driftledger.model.Digest;
import dev.driftledger.model.IntakeRecord;
import dev.driftledger.model.IntakeRecord.DesiredResource;
import dev.driftledger.model.RecorderConfig;
import dev.driftledger.model.ResourceList;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/// Follows one source: asks for its head, and when it moved sends what is desired from then on.
///
/// Each object is sent before the first [IntakeRecord.DesiredRendered] that names it; nothing
/// counts as sent before the sink says that it is durable. When the source cannot be read, or a
/// revision cannot be recorded, it says so once, and once when it can be again. Not for several
/// threads.
final class SourcePoller {
    /// How many records wait for the sink at once; it has a limit of its own on their number.
    private static final int UNDER_WAY_MAX = 256;

    /// When Kafka is away for longer the revision is sent again later, from its beginning.
    private static final long SEND_SECONDS_MAX = 120;

    private final ClusterRef cluster;
    private final RecorderConfig.Application application;
    private final Source source;
    private final IntakeSink sink;
    private final InstantSource clock;

    private final @Nullable ObjectId recorded;
    private @Nullable ObjectId head;
    private @Nullable ObjectId refused;
    private @Nullable Instant lastReadAt;
    private boolean stale;
    private Set<Digest> sent = new HashSet<>();

    /// @param recorded the head that was sent in an earlier life; null when there was none
    SourcePoller(
            ClusterRef cluster,
            RecorderConfig.Application application,
            Source source,
            IntakeSink sink,
            InstantSource clock,
            @Nullable ObjectId recorded) {
        this.recorded = recorded;
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
            if (!newest.equals(refused)) {
                refused = null;
                follow(newest);
            }
            return true;
        } catch (SourceException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException("asked to stop while reading a source");
            }
            if (!stale) {
                sayStale(e.getMessage());
            }
            return false;
        }
    }

    private void follow(ObjectId newest)
            throws SourceException, SinkException, InterruptedException {
        ObjectId known = head;
        try {
            if (newest.equals(known)) {
                sayFresh();
            } else {
                ObjectId before = known == null ? recorded : known;
                boolean rewritten =
                        before != null
                                && !before.equals(newest)
                                && !source.isAncestor(before, newest);
                send(source.render(newest), rewritten);
                head = newest;
                stale = false;
            }
            lastReadAt = clock.instant();
        } catch (RefusedException e) {
            sayStale("revision " + newest.name() + " cannot be recorded: " + e.getMessage());
            refused = newest;
        }
    }

    private void send(Rendering rendering, boolean rewritten)
            throws SinkException, RefusedException, InterruptedException {
        List<Sending> underWay = new ArrayList<>();
        Set<Digest> now = new HashSet<>();
        for (Rendering.Manifest manifest : rendering.manifests()) {
            if (now.add(manifest.digest()) && !sent.contains(manifest.digest())) {
                IntakeRecord record =
                        new IntakeRecord.DesiredObject(
                                cluster, clock.instant(), manifest.digest(), manifest.object());
                String what = manifest.key().display() + " in " + manifest.file();
                underWay.add(new Sending(what, sink.send(record)));
                if (underWay.size() == UNDER_WAY_MAX) {
                    await(underWay);
                }
            }
        }
        await(underWay);
        sendRules(rendering, now);
        sendList(rendering, rewritten);
        sent = now;
    }

    private void sendRules(Rendering rendering, Set<Digest> now)
            throws SinkException, RefusedException, InterruptedException {
        Rendering.Rules rules = rendering.rules();
        if (rules != null && now.add(rules.digest()) && !sent.contains(rules.digest())) {
            sendOne(
                    "the ignore rules",
                    new IntakeRecord.DesiredObject(
                            cluster, clock.instant(), rules.digest(), rules.content()));
        }
    }

    /// A list that is too long for one record goes before in parts, each durable before the record
    /// that names them.
    private void sendList(Rendering rendering, boolean rewritten)
            throws SinkException, RefusedException, InterruptedException {
        List<List<DesiredResource>> parts =
                ListParts.of(rendering.resources(), ListParts.BYTES_MAX);
        List<Digest> digests = new ArrayList<>();
        if (parts.size() > 1) {
            for (List<DesiredResource> part : parts) {
                Digest digest = ResourceList.digest(part);
                digests.add(digest);
                sendOne(
                        "part " + digests.size() + " of the list of resources",
                        new IntakeRecord.DesiredPart(
                                cluster, clock.instant(), application.id(), digest, part));
            }
        }
        sendOne(
                "the list of resources",
                new IntakeRecord.DesiredRendered(
                        cluster,
                        clock.instant(),
                        application.id(),
                        rendering.revision(),
                        digests,
                        digests.isEmpty() ? rendering.resources() : List.of(),
                        rendering.problems(),
                        rewritten,
                        rendering.rules() == null ? null : rendering.rules().digest()));
    }

    private void sayFresh() throws SinkException, RefusedException, InterruptedException {
        if (stale) {
            sendOne(
                    "that the source can be read",
                    new IntakeRecord.DesiredFresh(cluster, clock.instant(), application.id()));
            stale = false;
        }
    }

    private void sayStale(String reason) throws SinkException, InterruptedException {
        try {
            sendOne(
                    "that the source cannot be read",
                    new IntakeRecord.DesiredStale(
                            cluster, clock.instant(), application.id(), lastReadAt, reason));
        } catch (RefusedException e) {
            throw new SinkException(e);
        }
        stale = true;
    }

    private void sendOne(String what, IntakeRecord record)
            throws SinkException, RefusedException, InterruptedException {
        await(new ArrayList<>(List.of(new Sending(what, sink.send(record)))));
    }

    /// A record that is on its way.
    ///
    /// @param what it says, for people
    private record Sending(String what, CompletionStage<Void> done) {}

    private static void await(List<Sending> underWay)
            throws SinkException, RefusedException, InterruptedException {
        for (Sending one : underWay) {
            try {
                one.done.toCompletableFuture().get(SEND_SECONDS_MAX, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RecordTooLargeException refusal) {
                    throw new RefusedException(one.what + ": " + refusal.getMessage());
                }
                throw new SinkException(e);
            } catch (CancellationException | TimeoutException e) {
                throw new SinkException(e);
            }
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

    /// The intake will never take a record.
    private static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;

        RefusedException(String message) {
            super(message);
        }
    }
}
