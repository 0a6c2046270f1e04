package dev.driftledger.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.driftledger.ledger.Checkpoint;
import dev.driftledger.ledger.Frontier;
import dev.driftledger.ledger.SigningKey;
import dev.driftledger.web.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What may go on while a log cannot be signed.
@Timeout(30)
class OwnedLogTest {
    private final MemorySignedLog signed = new MemorySignedLog();
    private final Semaphore published = new Semaphore(0);
    private final Watchdog watchdog = new Watchdog(Settings.service());

    @Test
    void what_the_signer_cannot_read_keeps_nobody_from_recording() {
        // Given
        signed.remembers("garbage");

        // When
        try (OwnedLog log = log()) {
            log.start();

            // Then
            log.awaitRemembered();
        }
    }

    @Test
    void entries_that_cannot_be_hashed_in_time_keep_nobody_from_recording() {
        // Given
        signed.holds(5, "entry");
        signed.answersRehash(false);

        // When
        try (OwnedLog log = log()) {
            log.start();

            // Then
            log.awaitRemembered();
            assertThat(signed.savedSize()).isEqualTo(-1);
        }
    }

    @Test
    void nothing_is_published_of_a_log_that_is_behind_what_was_signed() throws Exception {
        // Given
        signed.holds(5, "entry");
        Frontier all = signed.load().frontier();
        signed.remembers(new Checkpoint(MemorySignedLog.ORIGIN, 5, all.root()).text());
        signed.holds(3, "entry");

        // When
        try (OwnedLog log = log()) {
            log.start();
            awaitWords("behind what was signed (size 3 of 5), being made again from the intake");

            // Then
            assertThat(published.tryAcquire()).isFalse();

            // When
            signed.holds(5, "entry");
            log.stored();

            // Then
            published.acquire();
        }
    }

    @Test
    void nothing_is_published_of_another_history() throws Exception {
        // Given
        signed.holds(5, "entry");
        Frontier all = signed.load().frontier();
        signed.remembers(new Checkpoint(MemorySignedLog.ORIGIN, 5, all.root()).text());
        signed.holds(5, "other");

        // When
        try (OwnedLog log = log()) {
            log.start();
            awaitWords("the database holds another history");

            // Then
            assertThat(published.tryAcquire()).isFalse();
        }
    }

    @Test
    void a_signer_that_gets_no_answer_holds_no_event_back() throws Exception {
        // Given
        signed.holds(5, "entry");
        signed.answersRehash(false);

        // When
        try (OwnedLog log = log()) {
            log.start();

            // Then
            published.acquire();
        }
    }

    private void awaitWords(String begin) {
        String part = Watchdog.log(MemorySignedLog.CLUSTER.uid());
        Awaitility.await(begin)
                .until(() ->
                        watchdog.parts().stream()
                                .anyMatch(said ->
                                        said.name().equals(part)
                                                && said.words().startsWith(begin)));
    }

    private OwnedLog log() {
        String uid = MemorySignedLog.CLUSTER.uid();
        String origin = MemorySignedLog.ORIGIN;
        SigningKey key = SigningKey.generate(origin, new SecureRandom());
        return new OwnedLog(
                uid,
                MemoryStorage.ledger(MemorySignedLog.CLUSTER, new MemoryStorage()),
                new CheckpointSigner(signed, origin, key, InstantSource.system()),
                this::publish,
                new LogReport(uid, watchdog, new Metrics(new SimpleMeterRegistry()), null),
                Duration.ZERO);
    }

    private boolean publish(String cluster) {
        published.release();
        return false;
    }
}
