package dev.driftledger.service;

import dev.driftledger.event.CheckpointGuard;
import dev.driftledger.event.EventPublisher;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/// Everything this instance does for a log that is its own to write: recording on the intake's
/// thread, signing and publishing each on a thread of its own, woken by what was stored.
///
/// Nothing is published before the signer has looked at the log for the first time, nor while it
/// waits for the rest of what was signed or is frozen: events of a history that is not the signed
/// one cannot be taken back. A signer that gets no answer holds nothing back.
final class OwnedLog implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(OwnedLog.class);
    private static final Duration LOOK_AT_LEAST = Duration.ofSeconds(2);
    private static final Duration AFTER_FENCED = Duration.ofSeconds(15);

    private final String cluster;
    private final ClusterLedger ledger;
    private final CheckpointSigner signer;
    private final LogReport report;
    private final Loop signing;
    private final Loop publishing;
    private final CompletableFuture<Void> remembered = new CompletableFuture<>();
    private Signing standing = new Signing.Signed();

    /// Whether what is stored is, or may be, another history than was signed.
    private volatile boolean isDoubtful = true;

    /// @param publisher publishes some of the log of a cluster and says whether there may be more;
    ///     see [EventPublisher#publishSome]
    OwnedLog(
            String cluster,
            ClusterLedger ledger,
            CheckpointSigner signer,
            Predicate<String> publisher,
            LogReport report,
            Duration checkpointDelay) {
        this.cluster = cluster;
        this.ledger = ledger;
        this.signer = signer;
        this.report = report;
        this.signing = new Loop("sign-" + cluster, checkpointDelay, this::sign);
        this.publishing =
                new Loop("publish-" + cluster, Duration.ZERO, () -> publishAll(publisher));
    }

    ClusterLedger ledger() {
        return ledger;
    }

    /// Waits until the log is remembered outside the database: before anything is sent for it.
    ///
    /// @throws IllegalStateException when the log is not ours any more, or the wait is interrupted
    void awaitRemembered() {
        try {
            remembered.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted before the log was remembered", e);
        } catch (CancellationException | ExecutionException e) {
            throw new IllegalStateException("the log was given up before it was remembered", e);
        }
    }

    /// Something new is in the log.
    void stored() {
        publishing.wake();
        signing.wake();
    }

    void start() {
        signing.start();
        publishing.start();
    }

    @Override
    public void close() {
        ledger.giveUp();
        boolean _ = remembered.cancel(false);
        publishing.stop();
        signing.stop();
        signer.close();
        report.close();
    }

    private void sign() {
        Signing now;
        try {
            signer.takeOver();
            // Whatever keeps it from being signed now: what is sent for it will be recorded.
            boolean _ = remembered.complete(null);
            now = signer.sign();
        } catch (CheckpointGuard.FencedException e) {
            fenced();
            return;
        } catch (RuntimeException e) {
            String why = String.valueOf(e.getMessage());
            report.notSigned(remembered.isDone() ? why : why + "; nothing is watched for it yet");
            if (!(standing instanceof Signing.Behind)) {
                trust(true);
            }
            throw e;
        }
        trust(now instanceof Signing.Signed);
        boolean isNews = now.getClass() != standing.getClass();
        standing = now;
        switch (now) {
            case Signing.Signed _ -> report.signed();
            case Signing.Behind behind -> report.behind(behind);
            case Signing.Frozen frozen -> report.notSigned(frozen.why() + ", no events go out");
        }
        if (isNews) {
            tell(now);
        }
    }

    private void trust(boolean isTrusted) {
        boolean goesOn = isDoubtful && isTrusted;
        isDoubtful = !isTrusted;
        if (goesOn) {
            publishing.wake();
        }
    }

    private void tell(Signing now) {
        switch (now) {
            case Signing.Signed _ ->
                    LOG.infof(
                            "the database holds what was signed again, signing goes on cluster=%s",
                            cluster);
            case Signing.Behind behind ->
                    LOG.warnf("signing waits cluster=%s %s", cluster, report.words(behind));
            case Signing.Frozen frozen ->
                    LOG.errorf("signing stopped cluster=%s %s", cluster, frozen.why());
        }
    }

    /// Whoever took over has the partition, or had it: taking the role back at once would be a
    /// quarrel. Word that the partition went ends this loop in the pause.
    private void fenced() {
        report.notSigned("another instance signs");
        LOG.infof("another instance signs cluster=%s", cluster);
        signing.pause(AFTER_FENCED);
    }

    private void publishAll(Predicate<String> publisher) {
        boolean more = true;
        while (more && !isDoubtful && !publishing.stopped) {
            try {
                more = publisher.test(cluster);
            } catch (EventPublisher.PublishException e) {
                report.notPublished();
                throw e;
            }
        }
    }

    /// Runs something whenever it is woken, and every now and then, until it is stopped.
    private static final class Loop {
        private final Semaphore work = new Semaphore(1);
        private final Duration delay;
        private final Runnable step;
        private final Thread thread;
        private volatile boolean stopped;

        Loop(String name, Duration delay, Runnable step) {
            this.delay = delay;
            this.step = step;
            this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
        }

        void start() {
            thread.start();
        }

        void wake() {
            work.release();
        }

        /// Lets time pass on this loop's own thread; returns early when it is stopped.
        void pause(Duration pause) {
            try {
                Thread.sleep(pause);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        void stop() {
            stopped = true;
            thread.interrupt();
        }

        /// The first time at once: what waits for it should not wait long.
        private void run() {
            Duration pause = Duration.ZERO;
            while (!stopped) {
                try {
                    boolean _ = work.tryAcquire(LOOK_AT_LEAST.toMillis(), TimeUnit.MILLISECONDS);
                    Thread.sleep(pause);
                    pause = delay;
                    work.drainPermits();
                    step.run();
                } catch (InterruptedException e) {
                    return;
                } catch (RuntimeException e) {
                    complain(e);
                }
            }
        }

        private void complain(RuntimeException e) {
            if (!stopped) {
                LOG.warnf("will try again thread=%s %s", thread.getName(), e.getMessage());
            }
        }
    }
}
