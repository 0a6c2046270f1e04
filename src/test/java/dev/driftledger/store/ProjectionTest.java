package dev.driftledger.store;

import static dev.driftledger.store.Logs.body;
import static dev.driftledger.store.Logs.deployment;
import static dev.driftledger.store.Logs.second;
import static org.assertj.core.api.Assertions.assertThat;

import dev.driftledger.ledger.Entry;
import dev.driftledger.ledger.EntryType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ProjectionTest {
    private static List<Entry> entries(Logs log) {
        return log.batch(Map.of()).leaves().stream().map(Leaf::entry).toList();
    }

    @Test
    void a_finding_is_found_by_itself_and_by_its_resource() {
        // When
        Logs log = new Logs("c1").finding(EntryType.FINDING_RESOLVED, 7, "f1", body());
        List<Entry> entries = entries(log);
        Projection rows = Projection.of(100, entries);
        // Then
        assertThat(rows.findings())
                .containsExactly(
                        new Projection.FindingVersion(
                                100,
                                second(7),
                                "f1",
                                "resolved",
                                "changed",
                                "none:shop:cart",
                                "shop",
                                "Deployment",
                                "human",
                                second(0)));
        Entry entry = entries.getFirst();
        assertThat(Projection.resource(entry)).isEqualTo("apps:Deployment:shop:cart");
        assertThat(Projection.application(entry)).isEqualTo("none:shop:cart");
        assertThat(rows.snapshots()).isEmpty();
    }

    @Test
    void what_an_entry_does_not_say_is_left_out() {
        // Given
        Logs log = new Logs("c1");
        log.say(
                EntryType.FINDING_OPENED,
                7,
                null,
                body().put("finding", "f1").put("openedAt", "?"));
        log.say(EntryType.FINDING_OPENED, 8, null, body().put("finding", 5));
        log.say(EntryType.SNAPSHOT, 9, null, body().put("application", "none::a"));
        // When
        List<Entry> entries = entries(log);
        Projection rows = Projection.of(100, entries);
        // Then
        assertThat(rows.findings())
                .containsExactly(
                        new Projection.FindingVersion(
                                100, second(7), "f1", "open", null, null, null, null, null,
                                second(7)));
        assertThat(rows.snapshots())
                .containsExactly(new Projection.Snapshot(102, "none::a", null, null, null));
        assertThat(entries).extracting(Projection::resource).containsOnlyNulls();
        assertThat(entries).extracting(Projection::application).containsOnlyNulls();
    }

    @Test
    void a_character_that_postgresql_cannot_hold_is_replaced() {
        // When
        Logs log = new Logs("c1");
        log.say(EntryType.OBJECT_OBSERVED, 1, deployment("a\u0000b"), body());
        // Then
        assertThat(entries(log))
                .extracting(Projection::resource)
                .containsExactly("apps:Deployment:shop:a\uFFFDb");
    }
}
