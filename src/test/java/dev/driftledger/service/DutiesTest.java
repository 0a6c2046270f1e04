package dev.driftledger.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.driftledger.model.ClusterRef;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DutiesTest {
    private static final ClusterRef CLUSTER = new ClusterRef("c-1", "test");

    private final BlockingQueue<String> said = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();
    private final Semaphore pauses = new Semaphore(0);
    private final Semaphore beginnings = new Semaphore(100);
    private volatile ClusterRef there = CLUSTER;
    private final RecordedDuty duty = new RecordedDuty();
    private Duties duties;

    /// Says what is asked of it.
    private final class RecordedDuty implements Duty {
        private volatile @Nullable Runnable onFailure;

        @Override
        public ClusterRef identify() {
            return there;
        }

        @Override
        public boolean isLasting() {
            return true;
        }

        @Override
        public void start(KnownState known, Runnable failed) {
            onFailure = failed;
            said.add("start");
            beginnings.acquireUninterruptibly();
        }

        @Override
        public void stop() {
            said.add("stop");
        }
    }

    @BeforeEach
    void begin() {
        MemoryStorage storage = new MemoryStorage();
        KnownClusters known = new KnownClusters(storage, Set::of, Settings.service());
        duties =
                new Duties(List.of(duty), known, new Watchdog(Settings.service()), pauses::acquire);
        duties.identify();
    }

    private void assign() {
        duties.start(
                0,
                _ -> true,
                cluster -> {
                    asked.add(cluster.uid());
                    return MemoryStorage.ledger(cluster, new MemoryStorage());
                });
    }

    private Runnable failure() {
        return Objects.requireNonNull(duty.onFailure, "the duty was not started");
    }

    private String next() throws InterruptedException {
        String word = said.poll(1, TimeUnit.MINUTES);
        return word == null ? "nothing within a minute" : word;
    }

    @Test
    void a_duty_that_failed_begins_again_after_a_pause() throws InterruptedException {
        // Given
        assign();
        assertThat(next()).isEqualTo("start");

        // When
        failure().run();

        // Then
        assertThat(next()).isEqualTo("stop");
        assertThat(said).isEmpty();
        pauses.release();
        assertThat(next()).isEqualTo("start");
    }

    @Test
    void another_cluster_at_the_same_place_has_its_own_log() throws InterruptedException {
        // Given
        assign();
        assertThat(next()).isEqualTo("start");
        there = new ClusterRef("c-2", "test");

        // When
        failure().run();
        pauses.release();

        // Then
        assertThat(next()).isEqualTo("stop");
        assertThat(next()).isEqualTo("start");
        assertThat(asked).containsExactly("c-1", "c-2");
    }

    @Test
    void a_duty_that_takes_long_to_begin_keeps_no_hand_over_waiting() throws InterruptedException {
        // Given
        beginnings.drainPermits();
        assign();
        assertThat(next()).isEqualTo("start");

        // When: this returns though the duty still begins
        duties.stop(0);

        // Then
        assertThat(said).isEmpty();
        beginnings.release();
        assertThat(next()).isEqualTo("stop");
    }

    @Test
    void a_failure_of_a_run_that_was_ended_does_not_end_the_next_one() throws InterruptedException {
        // Given
        assign();
        assertThat(next()).isEqualTo("start");
        Runnable late = failure();
        duties.stop(0);
        assertThat(next()).isEqualTo("stop");
        assign();
        assertThat(next()).isEqualTo("start");

        // When
        late.run();

        // Then
        duties.stop(0);
        assertThat(next()).isEqualTo("stop");
        assertThat(said).isEmpty();
    }

    @Test
    void a_partition_that_goes_and_comes_back_in_the_pause_is_watched_once()
            throws InterruptedException {
        // Given
        assign();
        assertThat(next()).isEqualTo("start");
        failure().run();
        assertThat(next()).isEqualTo("stop");

        // When
        duties.stop(0);
        assign();
        pauses.release();

        // Then
        assertThat(next()).isEqualTo("start");
        duties.stop(0);
        assertThat(next()).isEqualTo("stop");
        assertThat(said).isEmpty();
    }

    @Test
    void a_partition_that_goes_in_the_pause_is_not_watched_after_it() throws InterruptedException {
        // Given
        assign();
        assertThat(next()).isEqualTo("start");
        failure().run();
        assertThat(next()).isEqualTo("stop");

        // When
        duties.stop(0);
        pauses.release();
        duties.close();

        // Then
        assertThat(said).isEmpty();
    }
}
