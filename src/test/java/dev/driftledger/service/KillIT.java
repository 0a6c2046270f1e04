package dev.driftledger.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.driftledger.testkit.ClusterLoad;
import dev.driftledger.testkit.LogJudge;
import dev.driftledger.testkit.ServedLog;
import dev.driftledger.testkit.ServiceLab;
import dev.driftledger.testkit.ServiceProcess;
import dev.driftledger.testkit.WatchedLab;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// SIGKILL of the service at random moments while the cluster changes.
class KillIT {
    @TempDir Path folder;

    @Test
    void killed_again_and_again_nothing_acknowledged_is_lost_or_twice() {
        killAndJudge(3);
    }

    @Test
    @Tag("soak")
    void killed_a_hundred_times_nothing_acknowledged_is_lost_or_twice() {
        killAndJudge(100);
    }

    private void killAndJudge(int times) {
        // Given
        long seed = Long.getLong("driftledger.seed", System.nanoTime());
        System.err.println("-Ddriftledger.seed=" + seed);
        Random random = new Random(seed);
        try (WatchedLab watched = WatchedLab.start(folder)) {
            ServiceLab lab = watched.lab();
            ServiceProcess service = watched.service();
            ClusterLoad load = ClusterLoad.begin(lab.user(), seed);

            // When
            for (int i = 0; i < times; i++) {
                ServiceLab.pause(random.nextInt(6_000));
                service.kill();
                service.start();
                ServiceLab.await("ready again").until(service::isReady);
            }
            load.close();

            // Then
            judge(lab, service, load.acknowledged());
        }
    }

    private static void judge(
            ServiceLab lab, ServiceProcess service, List<ClusterLoad.Version> acknowledged) {
        ServedLog log = lab.log(service);
        ClusterLoad.Version last = ClusterLoad.write(lab.user(), "load-last", "1");
        LogJudge.of(log, last)
                .hasAll(acknowledged)
                .endsAt(ClusterLoad.present(lab.user()))
                .isOrderedWithoutDuplicates()
                .isPublished(lab.topics());
        ServedLog.Verdict verdict = log.verify();
        assertThat(verdict.code()).as(verdict.report()).isZero();
    }
}
