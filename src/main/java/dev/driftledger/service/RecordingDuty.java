package dev.driftledger.service;

import dev.driftledger.cluster.ClusterWatch;
import dev.driftledger.desired.SourceException;
import dev.driftledger.intake.IntakeSink;
import dev.driftledger.model.ClusterRef;
import java.io.IOException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Feeds in a recording instead of watching, once. One that breaks off is never begun anew: what
/// was played would be in the log twice. It says so instead of calling for another start.
final class RecordingDuty implements Duty {
    private static final Logger LOG = Logger.getLogger(RecordingDuty.class);

    private static final String CUT_OFF =
            "the recording was cut off: the log holds it up to here and does not go on; to have"
                    + " it whole, start with an empty database";

    private final String clusterName;
    private final Replay replay;
    private final IntakeSink sink;
    private final ClusterWatch.Options options;
    private final @Nullable Double speed;
    private @Nullable ClusterRef cluster;
    private @Nullable Thread thread;

    /// @param speed recorded seconds per second; null for as fast as possible
    RecordingDuty(
            String clusterName,
            Replay replay,
            IntakeSink sink,
            ClusterWatch.Options options,
            @Nullable Double speed) {
        this.clusterName = clusterName;
        this.replay = replay;
        this.sink = sink;
        this.options = options;
        this.speed = speed;
    }

    @Override
    public synchronized ClusterRef identify() throws IOException {
        if (cluster == null) {
            cluster = replay.cluster(clusterName);
        }
        return cluster;
    }

    @Override
    public boolean isLasting() {
        return false;
    }

    @Override
    public synchronized void start(KnownState known, Runnable onFailure) {
        ClusterRef played = cluster;
        if (played == null) {
            throw new IllegalStateException("identify() comes before start()");
        }
        if (known.lastAliveAt() != null) {
            LOG.warnf(
                    "the recording is in the log already, whole or up to where it was interrupted:"
                            + " it is not played again; for a whole one, use an empty database"
                            + " cluster=%s",
                    played.uid());
            return;
        }
        thread = Thread.ofVirtual().name("recording").start(() -> play(played));
    }

    private void play(ClusterRef played) {
        try {
            replay.run(played, sink, options, speed);
            LOG.infof("the recording has ended cluster=%s", played.uid());
        } catch (InterruptedException e) {
            LOG.warnf("%s cluster=%s", CUT_OFF, played.uid());
            Thread.currentThread().interrupt();
        } catch (IOException | SourceException | RuntimeException e) {
            LOG.errorf(e, "%s cluster=%s", CUT_OFF, played.uid());
        }
    }

    @Override
    public synchronized void stop() {
        if (thread != null) {
            thread.interrupt();
            thread = null;
        }
    }
}
