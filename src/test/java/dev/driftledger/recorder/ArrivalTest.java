package dev.driftledger.recorder;

import static dev.driftledger.recorder.Shop.body;
import static dev.driftledger.recorder.Shop.configMap;
import static dev.driftledger.recorder.Shop.findings;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.ledger.Entry;
import dev.driftledger.ledger.EntryType;
import dev.driftledger.model.IntakeRecord;
import dev.driftledger.model.ObjectBytes;
import dev.driftledger.model.Revision;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArrivalTest {
    private static final Instant COMMITTED = Instant.parse("2026-11-22T11:30:00Z");

    /// Renders a commit that is the same commit each time.
    private static List<Entry> rendered(Shop shop, String commit, ObjectNode object) {
        shop.log()
                .feed(
                        new IntakeRecord.DesiredObject(
                                MemoryLog.CLUSTER, shop.now(), ObjectBytes.digest(object), object));
        return shop.log()
                .feed(
                        new IntakeRecord.DesiredRendered(
                                MemoryLog.CLUSTER,
                                shop.now(),
                                Shop.SHOP,
                                new Revision(commit.repeat(40), "Dev", COMMITTED, "a commit"),
                                List.of(),
                                List.of(
                                        new IntakeRecord.DesiredResource(
                                                Shop.key(object),
                                                "v1",
                                                ObjectBytes.digest(object),
                                                "cart.yaml#1")),
                                List.of(),
                                false));
    }

    @Test
    void a_manager_that_applies_the_old_revision_again_gave_no_head() {
        // Given
        Shop shop = Shop.inSync();
        shop.rendered("b", configMap("cart", "2"));
        shop.seen(shop.live("cart", "9", "kubectl-edit"));

        // When
        List<Entry> again = shop.seen(shop.live("cart", "1", Shop.CI));
        List<String> then = shop.snapshot();
        List<Entry> head = shop.seen(shop.live("cart", "2", Shop.CI));

        // Then
        assertThat(again).extracting(Entry::type).doesNotContain(EntryType.SYNC_RECORDED);
        assertThat(findings(again)).containsExactly("finding.resolved changed data.key");
        assertThat(then).containsExactly("pending", "cart=pending");
        assertThat(findings(head)).containsExactly("finding.resolved pending");
        assertThat(shop.snapshot()).containsExactly("in-sync", "cart=in-sync");
    }

    @Test
    void a_write_of_the_head_with_another_value_is_still_its_arrival() {
        // Given
        Shop shop = Shop.inSync();
        shop.rendered("b", configMap("cart", "2"));

        // When
        List<Entry> entries = shop.seen(shop.live("cart", "3", Shop.CI));

        // Then
        assertThat(findings(entries))
                .containsExactlyInAnyOrder(
                        "finding.opened changed data.key", "finding.resolved pending");
    }

    @Test
    void a_branch_that_goes_back_to_what_is_applied_waits_no_more() {
        // Given
        Shop shop = Shop.empty();
        shop.seen(shop.live("cart", "1", Shop.CI));
        rendered(shop, "a", configMap("cart", "1"));
        List<Entry> waiting = rendered(shop, "b", configMap("cart", "2"));

        // When
        List<Entry> entries = rendered(shop, "a", configMap("cart", "1"));

        // Then
        assertThat(findings(waiting)).containsExactly("finding.opened pending");
        assertThat(findings(entries)).containsExactly("finding.resolved pending");
        Entry resolved =
                entries.stream()
                        .filter(entry -> entry.type() == EntryType.FINDING_RESOLVED)
                        .findFirst()
                        .orElseThrow();
        assertThat(body(resolved).at("/resolution/by").asText()).isEqualTo("commit");
        assertThat(body(resolved).at("/resolution/revision").asText()).isEqualTo("a".repeat(40));
        assertThat(entries).extracting(Entry::type).doesNotContain(EntryType.SYNC_RECORDED);
        assertThat(shop.snapshot()).containsExactly("in-sync", "cart=in-sync");
    }
}
