package dev.driftledger.recorder;

import static dev.driftledger.recorder.Shop.body;
import static dev.driftledger.recorder.Shop.configMap;
import static dev.driftledger.recorder.Shop.findings;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.ledger.Entry;
import dev.driftledger.ledger.EntryType;
import dev.driftledger.model.RecorderConfig.AppliedBy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What is said when a log begins while a commit waits. The head of [Shop] is committed when it is
/// rendered, and each object was written before it was seen.
class FirstSightTest {
    private static final String HUMAN = "kubectl-edit";

    /// A live object that `ci` wrote, and then somebody else changed its value.
    private static ObjectNode edited(Shop shop, String name, String value) {
        ObjectNode live = shop.live(name, value, HUMAN);
        ObjectNode applied = shop.live(name, value, Shop.CI);
        ObjectNode entry = (ObjectNode) applied.at("/metadata/managedFields/0");
        entry.put("time", "2026-11-22T11:00:00Z");
        entry.set("fieldsV1", Shop.object("{\"f:metadata\":{\"f:labels\":{}}}"));
        live.withArray("/metadata/managedFields").insert(0, entry);
        return live;
    }

    @Test
    void what_the_applier_wrote_before_the_head_was_committed_waits_for_it() {
        // Given
        Shop shop = Shop.empty();
        shop.seen(shop.live("cart", "1", Shop.CI));

        // When
        List<Entry> first = shop.rendered("a", configMap("cart", "2"));
        List<String> then = shop.snapshot();
        List<Entry> applied = shop.seen(shop.live("cart", "2", Shop.CI));

        // Then
        assertThat(findings(first)).containsExactly("finding.opened pending");
        assertThat(first).extracting(Entry::type).doesNotContain(EntryType.SYNC_RECORDED);
        assertThat(then).containsExactly("pending", "cart=pending");
        assertThat(findings(applied)).containsExactly("finding.resolved pending");
        assertThat(applied).extracting(Entry::type).contains(EntryType.SYNC_RECORDED);
        assertThat(shop.snapshot()).containsExactly("in-sync", "cart=in-sync");
    }

    @Test
    void it_is_the_same_where_git_is_read_before_the_cluster() {
        // Given
        Shop shop = new Shop();
        shop.configured(AppliedBy.Kind.MANAGER, Shop.CI);
        ObjectNode live = shop.live("cart", "1", Shop.CI);
        shop.pass(Duration.ofSeconds(5));
        List<Entry> entries = new ArrayList<>(shop.rendered("a", configMap("cart", "2")));

        // When
        shop.scoped();
        entries.addAll(shop.seen(live));
        Shop.TYPES.forEach(type -> entries.addAll(shop.started(type)));

        // Then
        assertThat(findings(entries)).containsExactly("finding.opened pending");
        assertThat(shop.snapshot()).containsExactly("pending", "cart=pending");
    }

    @Test
    void what_the_applier_wrote_after_the_commit_is_the_head_and_drift() {
        // Given
        Shop shop = Shop.empty();
        ObjectNode live = shop.live("cart", "1", Shop.CI);
        ((ObjectNode) live.at("/metadata/managedFields/0")).put("time", "2026-11-22T13:00:00Z");
        shop.seen(live);

        // When
        List<Entry> first = shop.rendered("a", configMap("cart", "2"));

        // Then
        assertThat(findings(first)).containsExactly("finding.opened changed data.key");
    }

    @Test
    void what_somebody_else_wrote_is_drift_however_new_the_head_is() {
        // Given
        Shop shop = Shop.empty();
        shop.seen(edited(shop, "cart", "9"));
        shop.seen(shop.live("stock", "1", Shop.CI));
        shop.pass(Duration.ofDays(400));

        // When
        List<Entry> first = shop.rendered("a", configMap("cart", "1"), configMap("stock", "2"));

        // Then
        assertThat(findings(first))
                .containsExactlyInAnyOrder(
                        "finding.opened changed data.key", "finding.opened pending");
        assertThat(shop.snapshot()).containsExactly("drifted", "cart=drifted", "stock=pending");
    }

    @Test
    void what_is_absent_waits_only_where_the_applier_is_seen_to_be_behind() {
        // Given
        Shop behind = Shop.empty();
        behind.seen(behind.live("cart", "1", Shop.CI));
        Shop there = Shop.empty();
        there.seen(there.live("cart", "2", Shop.CI));

        // When
        behind.rendered("a", configMap("cart", "2"), configMap("stock", "1"));
        there.rendered("a", configMap("cart", "2"), configMap("stock", "1"));

        // Then
        assertThat(behind.snapshot()).containsExactly("pending", "cart=pending", "stock=pending");
        assertThat(there.snapshot()).containsExactly("drifted", "cart=in-sync", "stock=missing");
    }

    @Test
    void a_field_that_is_lacking_is_drift_unless_the_applier_is_seen_to_be_behind() {
        // Given
        ObjectNode wish = configMap("stock", "1");
        wish.withObject("/data").put("more", "yes");
        Shop behind = Shop.empty();
        behind.seen(behind.live("cart", "1", Shop.CI));
        behind.seen(behind.live("stock", "1", Shop.CI));
        Shop there = Shop.empty();
        there.seen(there.live("cart", "2", Shop.CI));
        there.seen(there.live("stock", "1", Shop.CI));

        // When
        behind.rendered("a", configMap("cart", "2"), wish);
        there.rendered("a", configMap("cart", "2"), wish);

        // Then
        assertThat(behind.snapshot()).containsExactly("pending", "cart=pending", "stock=pending");
        assertThat(there.snapshot()).containsExactly("drifted", "cart=in-sync", "stock=drifted");
    }

    @Test
    void a_head_that_claims_to_be_of_tomorrow_waits_no_longer_than_allowed_unseen() {
        // Given
        Shop shop = Shop.empty();
        shop.seen(shop.live("cart", "1", Shop.CI));
        shop.rendered("a", configMap("cart", "2"));

        // When
        shop.pass(Duration.ofMinutes(11));
        List<Entry> late = shop.heartbeat();

        // Then
        assertThat(findings(late)).containsExactly("finding.updated pending");
        assertThat(
                        late.stream()
                                .filter(entry -> entry.type() == EntryType.FINDING_UPDATED)
                                .map(entry -> body(entry).path("severity").asText()))
                .containsExactly("medium");
    }
}
