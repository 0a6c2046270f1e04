package dev.driftledger.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.driftledger.ledger.Checkpoint;
import dev.driftledger.testkit.ClusterLoad;
import dev.driftledger.testkit.LogJudge;
import dev.driftledger.testkit.ServedLog;
import dev.driftledger.testkit.ServiceLab;
import dev.driftledger.testkit.ServiceProcess;
import dev.driftledger.testkit.Writers;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two instances in one consumer group, and the one that has the cluster dies or stands still.
class TakeOverIT {
    private static final Pattern HAS_SHARE = Pattern.compile("intake partitions assigned \\[\\d");

    private static final long SEED = 11;
    private static final int BEYOND_SESSION_MILLIS = 20_000;

    @TempDir Path folder;
    private ServiceLab lab;
    private ServiceProcess owner;
    private ServiceProcess other;
    private Writers writers;

    @BeforeEach
    void begin() {
        lab = ServiceLab.start(folder);
        lab.repository().commit("load/all.yaml", ClusterLoad.desired());
        ServiceProcess one = lab.begin("one");
        lab.awaitWatching(one);
        ServiceProcess two = lab.begin("two");
        // Until the group has shared out its partitions again, who owns the log may still change.
        ServiceLab.await("a share for both").until(() -> HAS_SHARE.matcher(two.console()).find());
        ServiceLab.await("one owner").until(() -> owns(one) != owns(two));
        owner = owns(one) ? one : two;
        other = owner == one ? two : one;
        writers = lab.writers();
    }

    @AfterEach
    void end() {
        if (lab != null) {
            lab.close();
        }
    }

    @Test
    void the_other_takes_over_from_a_killed_owner_and_writes_one_history() {
        // Given
        ClusterLoad load = ClusterLoad.begin(lab.user(), SEED);
        ServiceLab.pause(2_000);

        // When
        owner.kill();
        ServiceLab.await("handover").until(() -> owns(other));
        ServiceLab.pause(2_000);
        load.close();

        // Then
        judge(load);
        assertThat(writers.of(lab.cluster())).containsExactly(owner.name(), other.name());
    }

    @Test
    @Tag("soak")
    void an_owner_that_stood_still_changes_nothing_when_it_wakes_up() {
        // Given
        ClusterLoad load = ClusterLoad.begin(lab.user(), SEED);
        ServiceLab.pause(2_000);

        // When
        owner.halt();
        ServiceLab.pause(BEYOND_SESSION_MILLIS);
        ServiceLab.await("handover").until(() -> owns(other));
        Checkpoint before = Objects.requireNonNull(lab.log(other).checkpoint());
        owner.resume();
        ServiceLab.await("the log grows")
                .until(() -> {
                    Checkpoint now = lab.log(other).checkpoint();
                    return now != null && now.size() > before.size() + 50;
                });
        ServiceLab.await("one owner").until(() -> owns(other) != owns(owner));
        load.close();

        // Then
        judge(load);
        assertThat(lab.log(owner).checkpoint()).isNotNull();
        assertTakenOverOnce();
    }

    private void judge(ClusterLoad load) {
        ServedLog log = lab.log(other);
        ClusterLoad.Version last = ClusterLoad.write(lab.user(), "load-last", "1");
        LogJudge.of(log, last)
                .hasAll(load.acknowledged())
                .endsAt(ClusterLoad.present(lab.user()))
                .isOrderedWithoutDuplicates()
                .isPublished(lab.topics());
        ServedLog.Verdict verdict = log.verify();
        assertThat(verdict.code()).as(verdict.report()).isZero();
    }

    /// Nothing of the old owner's between what the new one wrote. The group may give the cluster
    /// back to it later, in good order; then it writes last, and owns the log.
    private void assertTakenOverOnce() {
        List<String> names = writers.of(lab.cluster());
        assertThat(names).startsWith(owner.name(), other.name());
        if (names.size() > 2) {
            assertThat(names).containsExactly(owner.name(), other.name(), owner.name());
            assertThat(owns(owner)).isTrue();
        }
    }

    private boolean owns(ServiceProcess instance) {
        return instance.parts().containsKey("log " + lab.cluster());
    }
}
