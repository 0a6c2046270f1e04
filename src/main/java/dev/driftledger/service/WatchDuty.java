package dev.driftledger.service;

import dev.driftledger.cluster.ClusterConnection;
import dev.driftledger.cluster.ClusterWatch;
import dev.driftledger.desired.Pollers;
import dev.driftledger.intake.IntakeSink;
import dev.driftledger.model.ClusterRef;
import dev.driftledger.model.IntakeRecord;
import dev.driftledger.model.RecorderConfig;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// Watches a live cluster and follows the git repositories of its sources.
final class WatchDuty implements Duty {
    private final String name;
    private final Config client;
    private final RecorderConfig settings;
    private final Parts parts;
    private @Nullable ClusterConnection connection;
    private @Nullable ClusterWatch watch;

    /// What all duties share.
    record Parts(
            IntakeSink sink, Pollers pollers, ClusterWatch.Options options, InstantSource clock) {}

    /// @param name as `driftledger.clusters.<name>` has it
    WatchDuty(String name, Config client, RecorderConfig settings, Parts parts) {
        this.name = name;
        this.client = client;
        this.settings = settings;
        this.parts = parts;
    }

    /// Connects anew each time, because version and identity are read then.
    @Override
    public ClusterRef identify() throws IOException, InterruptedException {
        ClusterConnection opened = ClusterConnection.open(name, client);
        synchronized (this) {
            ClusterConnection before = connection;
            connection = opened;
            if (before != null && watch == null) {
                before.close();
            }
        }
        return opened.ref();
    }

    @Override
    public boolean isLasting() {
        return true;
    }

    @Override
    public synchronized void start(KnownState known, Runnable onFailure) {
        ClusterConnection opened = connection;
        if (opened == null) {
            throw new IllegalStateException("identify() comes before start()");
        }
        parts.sink()
                .send(
                        new IntakeRecord.ConfigChanged(
                                opened.ref(), parts.clock().instant(), settings));
        ClusterWatch started = new ClusterWatch(opened, known, parts.sink(), parts.options());
        started.ended()
                .whenComplete((_, failure) -> {
                    if (failure != null) {
                        onFailure.run();
                    }
                });
        started.start();
        watch = started;
        parts.pollers().start(opened.ref(), settings, known.comparableHeads(settings));
    }

    @Override
    public synchronized void stop() {
        if (connection != null) {
            parts.pollers().stop(connection.ref());
        }
        if (watch != null) {
            watch.close();
            watch = null;
        }
    }
}
