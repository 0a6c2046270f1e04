package dev.driftledger.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.driftledger.ledger.Checkpoint;
import dev.driftledger.ledger.Frontier;
import dev.driftledger.ledger.SigningKey;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is signed, given what is stored and what is remembered.
class CheckpointSignerTest {
    private static final InstantSource CLOCK =
            InstantSource.fixed(Instant.parse("2026-11-22T14:47:23.710Z"));

    private final MemorySignedLog log = new MemorySignedLog();

    @Test
    void a_log_is_remembered_though_its_entries_cannot_be_hashed_in_time() {
        // Given
        log.holds(5, "entry");
        log.answersRehash(false);
        CheckpointSigner signer = signer();

        // When
        signer.takeOver();

        // Then
        assertThat(log.remembered()).isEqualTo(empty().text());
        assertThatThrownBy(signer::sign).hasMessage("no answer in time");
        assertThat(log.savedSize()).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "garbage", "test/log/c-one\nmany\nAAAA\n", "test/log/c-one\n1\n"})
    void what_is_remembered_and_cannot_be_read_stops_signing_and_no_more(String garbage) {
        // Given
        log.holds(5, "entry");
        log.remembers(garbage);
        CheckpointSigner signer = signer();

        // When
        signer.takeOver();

        // Then
        assertThat(signer.sign())
                .isInstanceOfSatisfying(
                        Signing.Frozen.class,
                        frozen ->
                                assertThat(frozen.why())
                                        .startsWith("what the checkpoint topic remembers of it"));
        assertThat(log.remembered()).isEqualTo(garbage);
        assertThat(log.savedSize()).isEqualTo(-1);
    }

    @Test
    void the_checkpoint_of_another_log_is_not_signed_as_ours() {
        // Given
        log.holds(5, "entry");
        Frontier all = log.load().frontier();
        log.remembers(new Checkpoint("test/log/c-two", 5, all.root()).text());
        CheckpointSigner signer = signer();

        // When
        signer.takeOver();

        // Then
        assertThat(signer.sign()).isInstanceOf(Signing.Frozen.class);
        assertThat(log.savedSize()).isEqualTo(-1);
    }

    @Test
    void a_topic_that_was_emptied_remembers_what_is_stored_again() {
        // Given
        log.holds(5, "entry");
        signAll();
        log.remembers(null);

        // When
        signAll();

        // Then
        Checkpoint stored = new Checkpoint(MemorySignedLog.ORIGIN, 5, log.load().frontier().root());
        assertThat(log.remembered()).isEqualTo(stored.text());
    }

    @Test
    void a_database_that_holds_less_is_waited_for_and_one_that_holds_others_is_refused() {
        // Given
        log.holds(5, "entry");
        signAll();
        CheckpointSigner signer = signer();
        log.holds(3, "entry");

        // When
        signer.takeOver();

        // Then
        assertThat(signer.sign()).isEqualTo(new Signing.Behind(3, 5));
        log.holds(6, "other");
        assertThat(signer.sign()).isInstanceOf(Signing.Frozen.class);
        assertThat(log.savedSize()).isEqualTo(5);
    }

    private void signAll() {
        CheckpointSigner signer = signer();
        signer.takeOver();
        assertThat(signer.sign()).isEqualTo(new Signing.Signed());
    }

    private CheckpointSigner signer() {
        SigningKey key = SigningKey.generate(MemorySignedLog.ORIGIN, new SecureRandom());
        return new CheckpointSigner(log, MemorySignedLog.ORIGIN, key, CLOCK);
    }

    private static Checkpoint empty() {
        return new Checkpoint(MemorySignedLog.ORIGIN, 0, Frontier.EMPTY.root());
    }
}
