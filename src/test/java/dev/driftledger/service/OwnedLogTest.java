package dev.driftledger.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.driftledger.ledger.SigningKey;
import dev.driftledger.web.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What may go on while a log cannot be signed.
@Timeout(30)
class OwnedLogTest {
    private final MemorySignedLog signed = new MemorySignedLog();
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

    private OwnedLog log() {
        String uid = MemorySignedLog.CLUSTER.uid();
        String origin = MemorySignedLog.ORIGIN;
        SigningKey key = SigningKey.generate(origin, new SecureRandom());
        return new OwnedLog(
                uid,
                MemoryStorage.ledger(MemorySignedLog.CLUSTER, new MemoryStorage()),
                new CheckpointSigner(signed, origin, key, Clock.systemUTC()),
                _ -> false,
                new LogReport(uid, watchdog, new Metrics(new SimpleMeterRegistry()), null),
                Duration.ZERO);
    }
}
