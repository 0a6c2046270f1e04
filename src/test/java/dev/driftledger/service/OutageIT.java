package dev.driftledger.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.driftledger.ledger.Entry;
import dev.driftledger.ledger.EntryType;
import dev.driftledger.testkit.ClusterLoad;
import dev.driftledger.testkit.Entries;
import dev.driftledger.testkit.LogJudge;
import dev.driftledger.testkit.ServedLog;
import dev.driftledger.testkit.ServiceLab;
import dev.driftledger.testkit.ServiceProcess;
import dev.driftledger.testkit.WatchedLab;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Each part that the service needs goes away while the cluster changes, and comes back. All tests
/// share one log, so each also shows that the faults before it left no trace.
class OutageIT {
    private static final int SHORT_MILLIS = 15_000;
    private static final int MINUTE_MILLIS = 60_000;
    private static final long SEED = 7;

    @TempDir static Path folder;
    private static WatchedLab watched;
    private static ServiceLab lab;
    private static ServiceProcess service;

    @BeforeAll
    static void begin() {
        watched = WatchedLab.start(folder);
        lab = watched.lab();
        service = watched.service();
    }

    @AfterAll
    static void end() {
        if (watched != null) {
            watched.close();
        }
    }

    @Test
    void the_intake_goes_on_without_postgresql_and_the_recorder_catches_up() {
        withoutPostgres(SHORT_MILLIS);
    }

    @Test
    @Tag("soak")
    void the_intake_goes_on_without_postgresql_for_a_minute() {
        withoutPostgres(MINUTE_MILLIS);
    }

    @Test
    void watches_pause_without_the_broker_and_go_on_without_loss() {
        withoutBroker(SHORT_MILLIS);
    }

    @Test
    @Tag("soak")
    void watches_pause_without_the_broker_for_a_minute() {
        withoutBroker(MINUTE_MILLIS);
    }

    @Test
    void an_api_server_that_is_started_anew_is_watched_on() {
        // Given
        ClusterLoad load = ClusterLoad.begin(lab.user(), SEED);

        // When
        lab.plane().killApiServer();
        lab.plane().startApiServer();
        ServiceLab.pause(3_000);
        load.close();

        // Then
        judge("after-api-server", load.acknowledged());
    }

    @Test
    void what_etcd_forgot_while_nobody_watched_is_a_gap_with_exact_tombstones() {
        // Given
        ClusterLoad.write(lab.user(), "load-doomed", "1");
        ClusterLoad.Version kept = ClusterLoad.write(lab.user(), "load-kept", "1");
        LogJudge.of(lab.log(service), kept);
        service.stop();

        // When
        lab.user().delete("/api/v1/namespaces/default/configmaps/load-doomed");
        ClusterLoad.write(lab.user(), "load-kept", "2");
        lab.plane().compact();
        lab.plane().restartApiServer();
        service.start();
        ServiceLab.await("tombstone of load-doomed")
                .until(() -> lab.log(service).entries().stream().anyMatch(OutageIT::isTombstone));

        // Then
        LogJudge log = judge("after-compaction", List.of());
        assertThat(log.entries(EntryType.GAP))
                .anySatisfy(gap -> {
                    assertThat(Entries.body(gap, "cause")).isEqualTo("expired");
                    assertThat(Entries.body(gap, "types")).contains("/api/v1/configmaps");
                });
        assertThat(log.entries(EntryType.OBJECT_DELETED))
                .filteredOn(OutageIT::isTombstone)
                .singleElement()
                .satisfies(e -> assertThat(Entries.body(e, "lastSeenAt")).isNotEmpty());
    }

    /// Whether it says that `load-doomed` is gone, which comes after all that the list still has.
    private static boolean isTombstone(Entry entry) {
        return entry.type() == EntryType.OBJECT_DELETED && Entries.isAbout(entry, "load-doomed");
    }

    private static void withoutPostgres(int millis) {
        // Given
        ClusterLoad load = ClusterLoad.begin(lab.user(), SEED);
        ServiceLab.pause(2_000);

        // When
        lab.postgres().stop();
        ServiceLab.await("postgresql shown down")
                .until(() -> watched.said("postgresql").startsWith("down"));
        long before = lab.topics().intakeCount();
        ServiceLab.pause(millis);

        // Then
        ServiceLab.await("intake grows without postgresql")
                .until(() -> lab.topics().intakeCount() > before + 20);
        lab.postgres().start();
        load.close();
        judge("after-postgres", load.acknowledged());
        ServiceLab.await("ready again").until(service::isReady);
    }

    private static void withoutBroker(int millis) {
        // Given
        ClusterLoad load = ClusterLoad.begin(lab.user(), SEED);
        ServiceLab.pause(2_000);

        // When
        lab.kafka().stop();
        ServiceLab.await("kafka shown down").until(() -> watched.said("kafka").startsWith("down"));
        ServiceLab.pause(millis);
        lab.kafka().start();
        ServiceLab.await("kafka shown up").until(() -> watched.said("kafka").startsWith("up"));
        load.close();

        // Then
        judge("after-broker", load.acknowledged());
        ServiceLab.await("ready again").until(service::isReady);
    }

    private static LogJudge judge(String name, List<ClusterLoad.Version> acknowledged) {
        ServedLog log = lab.log(service);
        ClusterLoad.Version last = ClusterLoad.write(lab.user(), name, "1");
        LogJudge judge =
                LogJudge.of(log, last)
                        .hasAll(acknowledged)
                        .endsAt(ClusterLoad.present(lab.user()))
                        .isOrderedWithoutDuplicates()
                        .isPublished(lab.topics());
        ServedLog.Verdict verdict = log.verify();
        assertThat(verdict.code()).as(verdict.report()).isZero();
        return judge;
    }
}
