package dev.driftledger.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.driftledger.intake.IntakeCodec;
import dev.driftledger.ledger.Entry;
import dev.driftledger.model.ClusterRef;
import dev.driftledger.model.IntakeRecord;
import dev.driftledger.sandbox.EmbeddedPostgres;
import dev.driftledger.testkit.AppendHold;
import dev.driftledger.testkit.ClusterLoad;
import dev.driftledger.testkit.LogJudge;
import dev.driftledger.testkit.PostgresCopy;
import dev.driftledger.testkit.ServedLog;
import dev.driftledger.testkit.ServiceLab;
import dev.driftledger.testkit.ServiceProcess;
import dev.driftledger.testkit.WatchedLab;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// A database brought back from an old copy, or lost: the log is made again from the intake, or it
/// is never signed again. There is no second signed history.
///
/// All tests share one lab, whose parts take most of the time. Each leaves behind a log that goes
/// on, but the one that freezes it for good, which comes last.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RestoredDatabaseIT {
    private static final Pattern BEHIND =
            Pattern.compile("behind what was signed \\(size (\\d+) of (\\d+)\\)");
    private static final int LAST = Integer.MAX_VALUE;
    private static final String GOES_ON = "signing goes on";

    @TempDir static Path folder;
    private static WatchedLab watched;
    private static ServiceLab lab;
    private static ServiceProcess service;
    private static String part;

    /// What every test goes back to.
    private static PostgresCopy copy;

    private int consoleBegin;

    @BeforeAll
    static void start() {
        watched = WatchedLab.start(folder);
        lab = watched.lab();
        service = watched.service();
        part = "log " + lab.cluster();
        service.stop();
        copy = PostgresCopy.take(lab.postgres(), folder);
        service.start();
        ServiceLab.await("ready").until(service::isReady);
    }

    @AfterAll
    static void end() {
        if (watched != null) {
            watched.close();
        }
    }

    @BeforeEach
    void begin() {
        consoleBegin = service.console().length();
    }

    @Test
    void an_old_copy_is_made_again_from_the_intake_and_signing_goes_on_by_itself() {
        // Given
        List<Entry> before = recordMore();
        service.stop();
        copy.restore();
        long oldSize = newestCheckpointSize();

        // When
        long signedSize;
        try (AppendHold _ = AppendHold.of(lab.postgres())) {
            service.start();
            signedSize = awaitBehind("being made again from the intake");

            // Then
            assertThat(service.isReady()).isFalse();
            assertThat(servedSize()).isEqualTo(oldSize);
        }
        awaitSigned();
        assertThat(signedSize).isGreaterThanOrEqualTo(before.size());
        assertThat(checkpointSizes()).contains(oldSize, signedSize);
        List<Entry> after = goesOn();
        assertThat(after).startsWith(before.toArray(new Entry[0]));
        assertThat(saidSinceBegin()).containsOnlyOnce(GOES_ON);
    }

    @Test
    @Order(LAST)
    void what_the_intake_cannot_give_back_is_never_signed() {
        // Given
        recordMore();
        service.stop();
        copy.restore();
        long oldSize = newestCheckpointSize();
        lab.intakeTopic().expire();

        // When
        try (AppendHold _ = AppendHold.of(lab.postgres())) {
            service.start();
            awaitBehind("has no records before offset");
            assertThat(service.isReady()).isFalse();
        }
        ClusterLoad load = ClusterLoad.begin(lab.user(), 3);
        awaitFrozen();
        load.close();

        // Then
        assertThat(service.isReady()).isFalse();
        assertThat(servedSize()).isEqualTo(oldSize);
        assertThat(saidSinceBegin()).doesNotContain(GOES_ON);

        // When
        service.stop();
        service.start();

        // Then
        awaitFrozen();
        assertThat(servedSize()).isEqualTo(oldSize);
    }

    @Test
    @Tag("soak")
    void a_lost_database_is_made_again_though_the_cluster_is_silent_and_nobodys_key_is_there() {
        // Given
        List<Entry> before = recordMore();
        service.stop();
        lab.changeTables("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
        lab.plane().stopApiServer();
        ClusterRef stranger = new ClusterRef("11111111-2222-4333-8444-555555555555", "stranger");
        String place =
                lab.forgedIntake()
                        .send(
                                stranger.uid(),
                                IntakeCodec.encode(
                                        new IntakeRecord.InstanceStarted(
                                                stranger, Instant.EPOCH, "one", "1")));

        // When
        service.start();
        awaitSigned();

        // Then
        assertThat(watched.log().entries()).startsWith(before.toArray(new Entry[0]));
        int partition = Integer.parseInt(place.split("/", -1)[1]);
        ServedLog parked = lab.log(service, IntakeCodec.unassigned(partition).uid());
        ServiceLab.await("parked record").until(() -> parked.entries().size() == 1);
        assertThat(lab.log(service, stranger.uid()).checkpoint()).isNull();

        // When
        lab.plane().startApiServer();

        // Then
        assertThat(goesOn()).startsWith(before.toArray(new Entry[0]));
    }

    @Test
    @Tag("soak")
    void an_old_copy_under_a_running_service_is_made_again_by_the_next_start() {
        // Given
        List<Entry> before = recordMore();

        // When
        copy.restore();

        // Then
        ServiceLab.await("recording stops")
                .until(() -> watched.said("recording " + lab.cluster()).contains("older copy"));
        assertThat(service.isReady()).isFalse();

        // When
        service.stop();
        service.start();
        awaitSigned();

        // Then
        assertThat(goesOn()).startsWith(before.toArray(new Entry[0]));
    }

    private List<Entry> recordMore() {
        return LogJudge.of(watched.log(), ClusterLoad.write(lab.user(), "load-newer", unique()))
                .entries();
    }

    /// Waits until health says so.
    ///
    /// @return how many entries were signed
    private long awaitBehind(String words) {
        String said =
                ServiceLab.await("health says that the log is behind")
                        .until(
                                () -> watched.said(part),
                                s -> BEHIND.matcher(s).find() && s.contains(words));
        Matcher matcher = BEHIND.matcher(said);
        assertThat(matcher.find()).isTrue();
        long signedSize = Long.parseLong(matcher.group(2));
        assertThat(Long.parseLong(matcher.group(1))).isLessThan(signedSize);
        return signedSize;
    }

    private void awaitSigned() {
        ServiceLab.await("signed by itself")
                .until(() -> watched.said(part).contains("signed") && service.isReady());
    }

    private void awaitFrozen() {
        ServiceLab.await("health says that it is another history")
                .until(() -> watched.said(part).contains("another history"));
    }

    private List<Entry> goesOn() {
        ClusterLoad.Version last = ClusterLoad.write(lab.user(), "load-on", unique());
        ServedLog log = watched.log();
        LogJudge judge = LogJudge.of(log, last).isOrderedWithoutDuplicates();
        ServedLog.Verdict verdict = log.verify();
        assertThat(verdict.code()).as(verdict.report()).isZero();
        return judge.entries();
    }

    private static String unique() {
        return String.valueOf(System.nanoTime());
    }

    private String saidSinceBegin() {
        return service.console().substring(consoleBegin);
    }

    private long servedSize() {
        return Objects.requireNonNull(watched.log().checkpoint()).size();
    }

    private long newestCheckpointSize() {
        return Collections.max(checkpointSizes());
    }

    private List<Long> checkpointSizes() {
        String sql = "SELECT size FROM checkpoint WHERE cluster = ?";
        List<Long> sizes = new ArrayList<>();
        try (Connection connection = lab.postgres().connect(EmbeddedPostgres.OWNER);
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, lab.cluster());
            ResultSet rows = statement.executeQuery();
            while (rows.next()) {
                sizes.add(rows.getLong(1));
            }
            return sizes;
        } catch (SQLException e) {
            throw new IllegalStateException("cannot read the checkpoints", e);
        }
    }
}
