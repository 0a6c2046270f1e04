package dev.driftledger.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.driftledger.ledger.LogFiles.UnreadableException;
import dev.driftledger.ledger.Verification.Extent;
import dev.driftledger.ledger.VerificationReport.Outcome;
import dev.driftledger.ledger.VerificationReport.Step;
import dev.driftledger.model.Digest;
import dev.driftledger.model.Rfc3339;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerificationTest {
    private static VerificationReport verify(SampleLog log, SortedMap<String, byte[]> files)
            throws UnreadableException, InterruptedException {
        List<VerifierKey> keys = List.of(log.verifierKey());
        return new Verification(SampleLog.inMemory(files), keys, 2, Extent.ALL).run();
    }

    private static VerificationReport verify(LogFiles files, VerifierKey key)
            throws UnreadableException, InterruptedException {
        return new Verification(files, List.of(key), 1, Extent.ALL).run();
    }

    private static VerificationReport verify(SampleLog log)
            throws UnreadableException, InterruptedException {
        return verify(log, log.files());
    }

    private static Step step(VerificationReport report, String name) {
        return report.steps().stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
    }

    private static void assertOnlyFailure(VerificationReport report, String name, String detail) {
        List<String> failed = new ArrayList<>();
        for (Step step : report.steps()) {
            if (step.outcome() == Outcome.FAIL) {
                failed.add(step.name());
            }
        }
        assertThat(failed).as("%s", report).containsExactly(name);
        assertThat(step(report, name).detail()).contains(detail);
    }

    private static SampleLog rich() {
        SampleLog log = SampleLog.ofSize(300);
        log.publish();
        for (int i = 0; i < 300; i++) {
            log.pass(Duration.ofMillis(1)).addWithBlob("blob " + i % 20);
            if (i % 50 == 0) {
                log.publish();
            }
        }
        return log.publish();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 255, 256, 257, 512, 1000})
    void an_honest_log_passes_every_step(int size)
            throws UnreadableException, InterruptedException {
        VerificationReport report = verify(SampleLog.ofSize(size).publish());
        assertThat(report.steps()).allMatch(step -> step.outcome() == Outcome.PASS);
        assertThat(step(report, "entries").detail())
                .isEqualTo(size == 1 ? "1 entry holds" : size + " entries hold");
    }

    @Test
    void an_empty_log_does_not_fail() throws UnreadableException, InterruptedException {
        VerificationReport report = verify(new SampleLog());
        assertThat(report.failed()).isFalse();
        assertThat(step(report, "silence").outcome()).isEqualTo(Outcome.NOT_CHECKED);
    }

    @Test
    void a_log_with_blobs_and_checkpoints_passes_and_counts_them()
            throws UnreadableException, InterruptedException {
        VerificationReport report = verify(rich());
        assertThat(report.failed()).isFalse();
        assertThat(step(report, "blobs").detail()).isEqualTo("20 blobs hold");
        assertThat(step(report, "stored checkpoints").detail()).isEqualTo("8 checkpoints hold");
    }

    @Test
    void without_a_key_from_outside_the_trust_root_is_not_checked_and_nothing_fails()
            throws UnreadableException, InterruptedException {
        LogFiles files = SampleLog.inMemory(SampleLog.ofSize(3).files());
        VerificationReport report = new Verification(files, List.of(), 1, Extent.ALL).run();
        assertThat(report.failed()).isFalse();
        assertThat(step(report, "trust root").outcome()).isEqualTo(Outcome.NOT_CHECKED);
    }

    @Test
    void a_log_signed_by_another_key_fails() throws UnreadableException, InterruptedException {
        SampleLog log = SampleLog.ofSize(3);
        VerifierKey other = SigningKey.generate(SampleLog.ORIGIN, new SecureRandom()).verifierKey();
        VerificationReport report = verify(SampleLog.inMemory(log.files()), other);
        assertOnlyFailure(report, "checkpoint", "no known key signed");
    }

    @Test
    void a_key_of_another_log_is_refused() throws UnreadableException, InterruptedException {
        SampleLog log = SampleLog.ofSize(3);
        SigningKey other = SigningKey.generate("evidence.example.com/b", new SecureRandom());
        SortedMap<String, byte[]> files = log.files();
        Checkpoint checkpoint = new Checkpoint(SampleLog.ORIGIN, 0, Hashing.EMPTY_ROOT);
        files.put("checkpoint", Note.sign(checkpoint.text(), List.of(other)).bytes());
        VerificationReport report = verify(SampleLog.inMemory(files), other.verifierKey());
        assertOnlyFailure(report, "checkpoint", "signed by");
    }

    @Test
    void hashes_alone_are_enough_to_notice_other_bytes_but_not_a_broken_chain()
            throws UnreadableException, InterruptedException {
        // Given
        SampleLog broken = SampleLog.ofSize(300).remove(50);
        SortedMap<String, byte[]> files = broken.files();
        List<VerifierKey> keys = List.of(broken.verifierKey());
        // When
        VerificationReport report =
                new Verification(SampleLog.inMemory(files), keys, 1, Extent.HASHES).run();
        // Then
        assertThat(report.failed()).isFalse();
        assertThat(step(report, "source sequence").outcome()).isEqualTo(Outcome.NOT_CHECKED);
        files.put("tile/entries/001.p/43", new byte[] {0, 1, 1});
        assertThat(new Verification(SampleLog.inMemory(files), keys, 1, Extent.HASHES).run())
                .matches(VerificationReport::failed);
    }

    /// Every byte of every file of a log, one at a time on a small one.
    @Test
    void no_flipped_byte_of_a_small_log_passes() throws UnreadableException, InterruptedException {
        SampleLog log = SampleLog.ofSize(2).publish();
        log.addWithBlob("content").publish();
        SortedMap<String, byte[]> good = log.files();
        good.remove("key"); // the key is given from outside, so nothing reads this file
        for (Map.Entry<String, byte[]> file : good.entrySet()) {
            for (int i = 0; i < file.getValue().length; i++) {
                // Given
                byte[] bad = file.getValue().clone();
                bad[i] ^= (byte) (1 << i % 8);
                SortedMap<String, byte[]> files = new TreeMap<>(good);
                // When
                files.put(file.getKey(), bad);
                // Then
                assertThat(verify(log, files).failed())
                        .as("%s, byte %d", file.getKey(), i)
                        .isTrue();
            }
        }
    }

    @Test
    void no_random_damage_to_a_larger_log_passes()
            throws UnreadableException, InterruptedException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        SampleLog log = rich();
        SortedMap<String, byte[]> good = log.files();
        good.remove("key");
        List<String> paths = new ArrayList<>(good.keySet());
        for (String path : paths) {
            for (int round = 0; round < 2; round++) {
                // Given
                byte[] bad = good.getOrDefault(path, new byte[0]).clone();
                bad[random.nextInt(bad.length)] ^= (byte) (1 + random.nextInt(255));
                SortedMap<String, byte[]> files = new TreeMap<>(good);
                // When
                files.put(path, bad);
                // Then
                assertThat(verify(log, files).failed()).as("%s, seed %d", path, seed).isTrue();
            }
        }
    }

    @Test
    void no_missing_file_but_a_blob_passes() throws UnreadableException, InterruptedException {
        SampleLog log = rich();
        for (String path : log.files().keySet()) {
            SortedMap<String, byte[]> files = log.files();
            files.remove(path);
            VerificationReport report = verify(log, files);
            boolean unneeded = path.equals("key") || path.startsWith("checkpoints/");
            if (path.startsWith("blobs/")) {
                assertThat(report.failed()).isFalse();
                assertThat(step(report, "blobs").outcome()).isEqualTo(Outcome.NOT_CHECKED);
            } else {
                assertThat(report.failed()).as(path).isEqualTo(!unneeded);
            }
        }
    }

    @Test
    void a_dropped_entry_breaks_its_source_s_sequence_though_all_is_signed()
            throws UnreadableException, InterruptedException {
        VerificationReport report = verify(SampleLog.ofSize(100).remove(50));
        assertOnlyFailure(report, "source sequence", "has seq");
    }

    @Test
    void a_changed_entry_breaks_the_chain_though_all_is_signed()
            throws UnreadableException, InterruptedException {
        SampleLog log = SampleLog.ofSize(100).rewrite(50, "\"n\":50", "\"n\":51");
        VerificationReport report = verify(log);
        assertOnlyFailure(report, "source sequence", "does not follow");
    }

    @Test
    void swapped_entries_of_two_sources_show_in_the_times()
            throws UnreadableException, InterruptedException {
        VerificationReport report = verify(SampleLog.ofSize(100).swap(69, 70));
        assertOnlyFailure(report, "recorded times", "before the previous one");
    }

    @Test
    void an_entry_that_is_not_canonical_fails() throws UnreadableException, InterruptedException {
        SampleLog log = SampleLog.ofSize(3).rewrite(2, "\"n\":2", "\"n\": 2");
        assertOnlyFailure(verify(log), "entry format", "not canonical");
    }

    @Test
    void a_silence_longer_than_declared_fails() throws UnreadableException, InterruptedException {
        SampleLog log = SampleLog.ofSize(3).pass(Duration.ofSeconds(61));
        log.add("recorder", EntryType.HEARTBEAT, SampleLog.body());
        assertOnlyFailure(verify(log), "silence", "unexplained silence from 2026-11-22T14:00:00");
    }

    @Test
    void a_silence_as_long_as_declared_passes() throws UnreadableException, InterruptedException {
        SampleLog log = SampleLog.ofSize(3).pass(Duration.ofSeconds(60));
        log.add("recorder", EntryType.HEARTBEAT, SampleLog.body());
        assertThat(verify(log).failed()).isFalse();
    }

    private static SampleLog withGap(Duration silence, Duration from, Duration to) {
        SampleLog log = SampleLog.ofSize(3);
        Instant begin = log.now();
        log.pass(silence).add("recorder", EntryType.STARTUP, SampleLog.body());
        log.pass(Duration.ofSeconds(1));
        return log.add(
                "recorder",
                EntryType.GAP,
                SampleLog.body()
                        .put("from", Rfc3339.format(begin.plus(from)))
                        .put("to", Rfc3339.format(begin.plus(to))));
    }

    @Test
    void a_gap_that_covers_a_silence_explains_it()
            throws UnreadableException, InterruptedException {
        SampleLog log =
                withGap(Duration.ofHours(1), Duration.ofSeconds(-5), Duration.ofSeconds(3599));
        assertThat(verify(log).failed()).isFalse();
    }

    @Test
    void a_gap_that_leaves_too_much_of_a_silence_does_not_explain_it()
            throws UnreadableException, InterruptedException {
        SampleLog log = withGap(Duration.ofHours(1), Duration.ofSeconds(61), Duration.ofHours(1));
        assertOnlyFailure(verify(log), "silence", "to 2026-11-22T14:01:01.020Z");
    }

    @Test
    void a_gap_explains_nothing_after_its_own_recording()
            throws UnreadableException, InterruptedException {
        SampleLog log = withGap(Duration.ofSeconds(1), Duration.ZERO, Duration.ofDays(365));
        log.pass(Duration.ofHours(1)).add("recorder", EntryType.HEARTBEAT, SampleLog.body());
        assertOnlyFailure(verify(log), "silence", "unexplained silence");
    }

    @Test
    void a_stored_checkpoint_of_another_history_fails()
            throws UnreadableException, InterruptedException {
        SampleLog log = SampleLog.ofSize(300).publish();
        Frontier fork = MemoryTree.of(MemoryTree.entries(200)).frontier();
        SortedMap<String, byte[]> files = log.files();
        files.put("checkpoints/200", log.checkpoint(fork));
        assertOnlyFailure(verify(log, files), "stored checkpoints", "checkpoints/200 signs root");
    }

    @Test
    void partial_tiles_of_earlier_sizes_must_be_beginnings_and_strangers_are_named()
            throws UnreadableException, InterruptedException {
        // Given
        SampleLog log = SampleLog.ofSize(300);
        SortedMap<String, byte[]> files = log.files();
        files.put("tile/entries/000.p/2", Tile.encodeEntries(log.entries().subList(0, 2)));
        List<Digest> two = log.entries().subList(0, 2).stream().map(Hashing::leaf).toList();
        files.put("tile/0/000.p/2", Tile.encodeHashes(two));
        files.put("index.html", "hello".getBytes(StandardCharsets.UTF_8));
        // Then
        Step others = step(verify(log, files), "other files");
        assertThat(others.outcome()).isEqualTo(Outcome.NOT_CHECKED);
        assertThat(others.detail()).contains("index.html").contains("2 files hold");
        // When
        files.put("tile/0/000.p/2", new byte[64]);
        // Then
        assertOnlyFailure(verify(log, files), "other files", "is not the beginning");
    }

    @Test
    void a_partial_tile_may_have_grown_full_meanwhile()
            throws UnreadableException, InterruptedException {
        // Given
        SampleLog log = SampleLog.ofSize(200);
        byte[] checkpoint = log.files().get("checkpoint");
        for (int i = 0; i < 100; i++) {
            log.add("recorder", EntryType.HEARTBEAT, SampleLog.body());
        }
        SortedMap<String, byte[]> files = log.files();
        // When
        files.put("checkpoint", checkpoint == null ? new byte[0] : checkpoint);
        // Then
        VerificationReport report = verify(log, files);
        assertThat(report.failed()).as("%s", report).isFalse();
        assertThat(step(report, "other files").outcome()).isEqualTo(Outcome.NOT_CHECKED);
    }
}
