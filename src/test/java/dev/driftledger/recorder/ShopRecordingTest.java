package dev.driftledger.recorder;

import static dev.driftledger.recorder.Shop.body;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.driftledger.ledger.Entry;
import dev.driftledger.ledger.EntryType;
import dev.driftledger.model.Digest;
import dev.driftledger.model.IntakeRecord;
import dev.driftledger.model.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ShopRecordingTest {
    private static final Set<String> APPLICATIONS = Set.of("gateway", "billing", "payments");

    private List<IntakeRecord> records = List.of();
    private MemoryLog log = new MemoryLog(ShopRecording.CLUSTER);

    @BeforeAll
    void play(@TempDir Path folder) throws Exception {
        records = ShopRecording.records(folder);
        log = fed(-1);
    }

    /// @param reloadEvery after how many records the state is loaded again; never when negative
    private MemoryLog fed(int reloadEvery) {
        MemoryLog fresh = new MemoryLog(ShopRecording.CLUSTER);
        for (int i = 0; i < records.size(); i++) {
            fresh.feed(records.get(i));
            if (reloadEvery > 0 && i % reloadEvery == 0) {
                fresh.reload();
            }
        }
        return fresh;
    }

    @Test
    void replaying_the_recording_gives_the_same_log_byte_for_byte() {
        assertThat(fed(-1).leaves()).isEqualTo(log.leaves()).isNotEmpty();
    }

    @Test
    void a_state_that_is_loaded_again_in_the_middle_gives_the_same_log() {
        assertThat(fed(211).leaves()).isEqualTo(log.leaves());
    }

    @Test
    void records_that_come_again_change_nothing() {
        // Given
        MemoryLog again = new MemoryLog(ShopRecording.CLUSTER);
        List<String> repeated = new ArrayList<>();
        Random random = new Random(20261122);

        // When
        for (IntakeRecord record : records) {
            again.feed(record);
            boolean repeatable =
                    record instanceof IntakeRecord.ObjectObserved
                            || record instanceof IntakeRecord.ObjectDeleted
                            || record instanceof IntakeRecord.DesiredRendered
                            || record instanceof IntakeRecord.SchemaObserved
                            || record instanceof IntakeRecord.ConfigChanged;
            if (repeatable && random.nextInt(3) == 0) {
                again.feed(record).forEach(e -> repeated.add(e.type() + " " + e.body()));
            }
        }

        // Then
        assertThat(repeated).isEmpty();
        assertThat(again.leaves()).isEqualTo(log.leaves());
    }

    @Test
    void expected_findings_of_the_configured_sources_come_out_and_nothing_else() throws Exception {
        // Given
        Set<String> expected = new TreeSet<>();
        for (String line : ShopRecording.lines("expected.jsonl")) {
            JsonNode row = Json.parse(line.getBytes(StandardCharsets.UTF_8));
            String kind = row.path("finding").asText().replace(' ', '-');
            if (APPLICATIONS.contains(row.path("application").asText()) && row.has("resource")) {
                expected.add(
                        String.join(
                                " | ",
                                row.path("resource").asText(),
                                kind,
                                row.path("field").asText(),
                                row.path("owner").asText(),
                                row.path("actor").asText(),
                                row.path("closes").isNull() ? "open" : "resolved"));
            }
        }

        // When
        Set<String> found = new TreeSet<>();
        for (Entry opened : log.entries(EntryType.FINDING_OPENED)) {
            if (!body(opened).path("class").asText().equals("pending")) {
                found.add(row(last(Objects.requireNonNull(opened.correlation()))));
            }
        }

        // Then
        assertThat(found).isEqualTo(expected).hasSize(8);
    }

    private Entry last(String finding) {
        return log.entries().stream()
                .filter(e -> finding.equals(e.correlation()))
                .reduce((_, b) -> b)
                .orElseThrow();
    }

    private static Digest digest(Entry entry, String name) {
        return Objects.requireNonNull(entry.digests().get(name), "entry names no " + name);
    }

    private static String row(Entry entry) {
        Entry.Subject subject = Objects.requireNonNull(entry.subject());
        JsonNode body = body(entry);
        String type = subject.group().isEmpty() ? "" : subject.group() + "/";
        return String.join(
                " | ",
                type + subject.kind() + " " + subject.namespace() + "/" + subject.name(),
                body.path("class").asText(),
                body.path("path").asText(),
                body.path("owner").path("type").asText(),
                body.path("owner").path("user").asText(),
                body.path("state").asText());
    }

    @Test
    void what_the_reconciler_or_ci_restored_is_resolved_by_it() {
        assertThat(log.entries(EntryType.FINDING_RESOLVED))
                .isNotEmpty()
                .allSatisfy(e ->
                        assertThat(body(e).at("/resolution/by").asText()).isEqualTo("reconciler"));
    }

    @Test
    void the_commit_of_step_16_is_pending_until_flux_applies_it() {
        List<String> pending =
                log.entries().stream()
                        .filter(e -> e.body() != null)
                        .filter(e -> body(e).path("class").asText().equals("pending"))
                        .filter(e -> body(e).path("reason").asText().contains("4e03a8f"))
                        .map(e -> e.type().wireName() + " " + body(e).path("application").asText())
                        .toList();
        assertThat(pending)
                .containsExactly(
                        "finding.opened none:payments:payments",
                        "finding.resolved none:payments:payments");
    }

    @Test
    void every_verdict_of_the_log_comes_out_again() {
        // When
        List<Recompute.Outcome> outcomes = Recompute.check(log.entries(), log.blobs());

        // Then
        assertThat(outcomes).filteredOn(o -> o.result() == Recompute.Result.FAIL).isEmpty();
        assertThat(outcomes)
                .filteredOn(o -> o.result() == Recompute.Result.PASS)
                .hasSizeGreaterThan(100);
    }

    @Test
    void a_changed_live_object_is_refuted() {
        // Given
        Entry opened =
                log.entries(EntryType.FINDING_OPENED).stream()
                        .filter(e -> e.digests().containsKey("live"))
                        .filter(e -> body(e).path("class").asText().equals("changed"))
                        .findFirst()
                        .orElseThrow();
        Digest live = digest(opened, "live");
        byte[] desired = log.blob(digest(opened, "desired"));

        // When
        List<Recompute.Outcome> outcomes =
                Recompute.check(
                        log.entries(),
                        digest -> digest.equals(live) ? desired : log.blobs().find(digest));

        // Then
        assertThat(outcomes)
                .filteredOn(o -> o.entry().equals(opened.id()))
                .extracting(Recompute.Outcome::result)
                .containsExactly(Recompute.Result.FAIL);
    }

    @Test
    void nothing_was_unreadable_or_malformed() {
        assertThat(log.entries(EntryType.OBJECT_UNREADABLE)).isEmpty();
        assertThat(log.entries(EntryType.INTAKE_MALFORMED)).isEmpty();
    }

    @Test
    void no_entry_is_larger_than_the_soft_limit() {
        assertThat(log.entries())
                .allSatisfy(e ->
                        assertThat(e.bytes().length).isLessThanOrEqualTo(Chains.SOFT_MAX_BYTES));
    }

    @Test
    void each_source_numbers_its_entries_without_holes() {
        for (String source : List.of("watch", "desired", "recorder")) {
            List<Entry> own =
                    log.entries().stream().filter(e -> e.source().id().equals(source)).toList();
            for (int i = 0; i < own.size(); i++) {
                assertThat(own.get(i).seq()).isEqualTo(i);
            }
        }
    }
}
