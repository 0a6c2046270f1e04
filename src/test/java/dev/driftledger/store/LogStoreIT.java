package dev.driftledger.store;

import static dev.driftledger.store.StoreFixture.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.driftledger.ledger.Entry;
import dev.driftledger.ledger.EntryType;
import dev.driftledger.ledger.Frontier;
import dev.driftledger.ledger.Integration;
import dev.driftledger.ledger.Tile;
import dev.driftledger.ledger.TilePath;
import dev.driftledger.model.Digest;
import dev.driftledger.recorder.ContentBytes;
import dev.driftledger.recorder.Decision;
import dev.driftledger.recorder.StateChange;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class LogStoreIT {
    private static StoreFixture store;

    @BeforeAll
    static void start() {
        store = StoreFixture.start();
    }

    @AfterAll
    static void stop() {
        store.close();
    }

    private static StoredLog load(Logs log) {
        return await(store.logs().load(log.cluster(), "test/" + log.cluster().uid()));
    }

    private static Map<Digest, Decision.Blob> blob(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Map.of(Digest.of(bytes), new Decision.Blob("text/plain", new ContentBytes(bytes)));
    }

    private static List<StateChange> state(StoredLog log) {
        return await(store.logs().loadState(log).collect().asList());
    }

    @Test
    void a_log_that_nobody_wrote_is_empty() {
        // Given
        Logs log = new Logs("empty");
        // When
        StoredLog stored = load(log);
        // Then
        assertThat(stored.frontier()).isEqualTo(Frontier.EMPTY);
        assertThat(stored.intakeOffset()).isEqualTo(-1);
        assertThat(stored.recordedAt()).isNull();
        assertThat(stored.checkpoint()).isNull();
        assertThat(stored.origin()).isEqualTo("test/empty");
        assertThat(state(stored)).isEmpty();
    }

    @Test
    void what_was_appended_is_what_is_loaded() {
        // Given
        Logs log = new Logs("reload");
        load(log);
        StateChange gone = new StateChange("resource", "gone", null);
        StateChange odd = new StateChange("resource", "odd", TextNode.valueOf("nul \u0000 é 😀"));
        // When
        await(store.logs().append(log.heartbeats(300, 1).batch(blob("one"), odd)));
        await(store.logs().append(log.heartbeats(70_000 - 300, 2).batch(blob("one"), gone)));
        AppendOutcome outcome = await(store.logs().append(log.heartbeats(1, 3).batch(blob("two"))));
        // Then
        assertThat(outcome).isEqualTo(new AppendOutcome.Appended(70_001));
        StoredLog stored = load(log);
        assertThat(stored.frontier()).isEqualTo(log.frontier());
        assertThat(stored.intakeOffset()).isEqualTo(log.offset());
        assertThat(stored.recordedAt()).isEqualTo(Logs.second(3));
        assertThat(state(stored)).containsExactly(odd);
        assertThat(await(store.files().blobs(blob("two").keySet()))).isEqualTo(blob("two"));
        List<Digest> leaves = await(store.logs().rehash("reload", 0, 70_001));
        assertThat(Integration.append(Frontier.EMPTY, leaves).frontier()).isEqualTo(log.frontier());
    }

    @Test
    void the_last_change_of_a_row_of_state_wins() {
        // Given
        Logs log = new Logs("state");
        load(log);
        StateChange first = new StateChange("p", "a", TextNode.valueOf("1"));
        StateChange second = new StateChange("p", "a", TextNode.valueOf("2"));
        StateChange other = new StateChange("p", "b", TextNode.valueOf("1"));
        await(store.logs().append(log.batch(Map.of(), first, other)));
        // When
        await(
                store.logs()
                        .append(
                                log.batch(
                                        Map.of(),
                                        new StateChange("p", "a", null),
                                        second,
                                        new StateChange("p", "b", null))));
        // Then
        assertThat(state(load(log))).containsExactly(second);
    }

    @Test
    void who_lost_the_log_stores_nothing() {
        // Given
        Logs owner = new Logs("lost");
        load(owner);
        await(store.logs().append(owner.heartbeats(3, 1).batch(Map.of())));
        Logs late = new Logs("lost");
        StateChange change = new StateChange("p", "late", TextNode.valueOf("x"));
        // When
        AppendOutcome outcome =
                await(store.logs().append(late.heartbeats(5, 1).batch(blob("late"), change)));
        // Then
        assertThat(outcome).isEqualTo(new AppendOutcome.LostOwnership(3, 9));
        assertThat(load(owner).frontier()).isEqualTo(owner.frontier());
        assertThat(state(load(owner))).isEmpty();
        assertThat(await(store.files().blobs(blob("late").keySet()))).isEmpty();
    }

    @Test
    void of_two_owners_at_the_same_time_one_gets_it() {
        // Given
        load(new Logs("race"));
        int roundsCount = 30;
        Logs winner = new Logs("race");
        for (int round = 0; round < roundsCount; round++) {
            List<Batch> rivals = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                Logs rival = new Logs("race");
                for (int done = 0; done < round; done++) {
                    rival.heartbeats(2, done).batch(Map.of());
                }
                rivals.add(rival.heartbeats(2, round).batch(Map.of()));
            }
            // When
            List<AppendOutcome> outcomes =
                    await(
                            io.smallrye.mutiny.Uni.join()
                                    .all(rivals.stream().map(store.logs()::append).toList())
                                    .andFailFast());
            // Then
            assertThat(outcomes.stream().filter(AppendOutcome.Appended.class::isInstance))
                    .hasSize(1);
            winner.heartbeats(2, round).batch(Map.of());
        }
        assertThat(load(winner).frontier()).isEqualTo(winner.frontier());
        assertThat(await(store.logs().rehash("race", 0, 2L * roundsCount)))
                .hasSize(2 * roundsCount);
    }

    @Test
    void a_state_of_another_head_is_refused() {
        // Given
        Logs log = new Logs("moved");
        load(log);
        StateChange change = new StateChange("p", "a", TextNode.valueOf("1"));
        await(store.logs().append(log.batch(Map.of(), change)));
        StoredLog before = load(log);
        await(store.logs().append(log.heartbeats(1, 1).batch(Map.of())));
        // When / Then
        assertThatThrownBy(() -> state(before))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("load it again");
    }

    @Test
    void a_hundred_thousand_rows_of_state_are_loaded() {
        // Given
        Logs log = new Logs("large");
        load(log);
        StateChange[] changes = new StateChange[100_000];
        for (int i = 0; i < changes.length; i++) {
            changes[i] =
                    new StateChange(
                            "resource", "key-%06d".formatted(i), Logs.body().put("uid", "u" + i));
        }
        await(store.logs().append(log.heartbeats(1, 1).batch(Map.of(), changes)));
        StoredLog stored = load(log);
        // When
        List<StateChange> loaded = state(stored);
        // Then
        assertThat(loaded).containsExactly(changes);
    }

    @Test
    void tiles_and_bundles_are_those_of_the_tree() {
        // Given
        Logs log = new Logs("tiles");
        load(log);
        Batch batch = log.heartbeats(600, 1).batch(Map.of());
        await(store.logs().append(batch));
        // When
        ContentBytes full = tile("tiles", new TilePath(0, 1, 256));
        ContentBytes partial = tile("tiles", new TilePath(0, 2, 88));
        ContentBytes above = tile("tiles", new TilePath(1, 0, 2));
        ContentBytes bundle = tile("tiles", new TilePath(TilePath.ENTRIES, 2, 88));
        // Then
        List<Digest> leaves = batch.leaves().stream().map(Leaf::hash).toList();
        assertThat(Tile.decodeHashes(full.bytes())).isEqualTo(leaves.subList(256, 512));
        assertThat(Tile.decodeHashes(partial.bytes())).isEqualTo(leaves.subList(512, 600));
        assertThat(Tile.decodeHashes(above.bytes()))
                .isEqualTo(batch.tileHashes().stream().map(hash -> hash.hash()).toList());
        assertThat(Entry.parse(Tile.decodeEntries(bundle.bytes()).get(87)))
                .isEqualTo(batch.leaves().get(599).entry());
        assertThat(await(store.files().tile("tiles", new TilePath(0, 2, 89)))).isEmpty();
        assertThat(await(store.files().tile("tiles", new TilePath(3, 0, 1)))).isEmpty();
    }

    private static ContentBytes tile(String cluster, TilePath path) {
        return await(store.files().tile(cluster, path)).orElseThrow();
    }

    @Test
    void a_changed_byte_is_found_before_it_is_signed() throws SQLException {
        // Given
        Logs log = new Logs("damaged");
        load(log);
        await(store.logs().append(log.heartbeats(20, 1).batch(Map.of())));
        asSuperuser(
                "UPDATE entry SET bytes = overlay(bytes placing '\\x20' from 5)"
                        + " WHERE cluster = 'damaged' AND idx = 7");
        // When / Then
        assertThatThrownBy(() -> await(store.logs().rehash("damaged", 0, 20)))
                .isInstanceOf(DamagedStoreException.class)
                .hasMessageContaining("bytes of entry 7");
        asSuperuser("DELETE FROM entry WHERE cluster = 'damaged' AND idx = 7");
        assertThatThrownBy(() -> await(store.logs().rehash("damaged", 0, 20)))
                .hasMessageContaining("entry 8 where 7 should be");
        asSuperuser("DELETE FROM entry WHERE cluster = 'damaged' AND idx > 7");
        assertThatThrownBy(() -> await(store.logs().rehash("damaged", 0, 7 + 13)))
                .hasMessageContaining("entry 7 is missing");
    }

    private static void asSuperuser(String statement) throws SQLException {
        try (Connection connection = store.postgres().connect("postgres");
                Statement sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    @Test
    void a_size_is_signed_with_one_root_only() {
        // Given
        Logs log = new Logs("signed");
        load(log);
        await(store.logs().append(log.heartbeats(2, 1).batch(Map.of())));
        StoredCheckpoint first =
                new StoredCheckpoint(2, log.frontier().root(), "note", Logs.second(5));
        StoredCheckpoint fork =
                new StoredCheckpoint(2, Digest.of(new byte[] {1}), "note", Logs.second(6));
        StoredCheckpoint beyond =
                new StoredCheckpoint(3, Digest.of(new byte[] {1}), "note", Logs.second(6));
        // When
        await(store.logs().saveCheckpoint("signed", first));
        await(store.logs().saveCheckpoint("signed", first));
        // Then
        assertThat(load(log).checkpoint()).isEqualTo(first);
        assertThatThrownBy(() -> await(store.logs().saveCheckpoint("signed", fork)))
                .isInstanceOf(DamagedStoreException.class)
                .hasMessageContaining("was signed before");
        assertThatThrownBy(() -> await(store.logs().saveCheckpoint("signed", beyond)))
                .hasMessageContaining("beyond the stored log");
    }

    @Test
    void entries_of_any_month_are_taken() {
        // Given
        Logs log = new Logs("months");
        load(log);
        long year = 365L * 24 * 3600;
        log.say(EntryType.HEARTBEAT, -3 * year, null, Logs.body());
        log.say(EntryType.HEARTBEAT, 0, null, Logs.body());
        log.say(EntryType.HEARTBEAT, 30 * year, null, Logs.body());
        // When
        AppendOutcome outcome = await(store.logs().append(log.batch(Map.of())));
        // Then
        assertThat(outcome).isEqualTo(new AppendOutcome.Appended(3));
        assertThat(await(store.logs().rehash("months", 0, 3))).hasSize(3);
        assertThat(await(store.logs().makePartitions())).isZero();
    }
}
