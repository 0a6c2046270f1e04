package dev.driftledger.recorder;

import static dev.driftledger.recorder.Shop.configMap;
import static dev.driftledger.recorder.Shop.findings;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.ledger.Entry;
import dev.driftledger.ledger.EntryType;
import dev.driftledger.model.IgnoreRulesFile;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Resources that a rule lets be absent: they are waited for by nobody, and never applied by that.
class AbsentByRuleTest {
    private static final String ANY = ",\"differences\":[\"missing\",\"extra\",\"unmanaged\"]";

    private static String rule(String name, String more) {
        return """
        {"id":"whole","reason":"by hand","target":{"kind":"ConfigMap","name":"%s"}%s}
        """
                .formatted(name, more);
    }

    private static List<Recompute.Outcome> failed(Shop shop) {
        return Recompute.check(shop.log().entries(), shop.log().blobs()).stream()
                .filter(outcome -> outcome.result() == Recompute.Result.FAIL)
                .toList();
    }

    @Test
    void a_head_waits_for_nothing_that_a_rule_says_is_never_applied() {
        // Given
        Shop shop = Shop.inSync();
        shop.ruled(rule("optional", ANY));

        // When
        List<Entry> first = shop.rendered("b", configMap("cart", "1"), configMap("optional", "1"));
        List<Entry> next = shop.rendered("c", configMap("cart", "1"), configMap("optional", "2"));

        // Then
        assertThat(findings(first)).containsExactly("finding.opened rule-problem whole");
        assertThat(findings(next)).isEmpty();
        assertThat(next).extracting(Entry::type).contains(EntryType.SYNC_RECORDED);
        assertThat(shop.snapshot()).containsExactly("in-sync", "cart=in-sync", "optional=ignored");
        assertThat(failed(shop)).isEmpty();
    }

    @Test
    void what_was_never_applied_waits_when_the_rule_goes_and_is_not_missing() {
        // Given
        Shop shop = Shop.inSync();
        shop.ruled(rule("optional", ANY));
        shop.rendered("b", configMap("cart", "1"), configMap("optional", "1"));

        // When
        shop.ruled((IgnoreRulesFile) null);
        List<Entry> without =
                shop.rendered("c", configMap("cart", "1"), configMap("optional", "1"));

        // Then
        assertWaits(shop, without);
        shop.seen(shop.live("optional", "1", Shop.CI));
        assertArrived(shop);
    }

    /// The head waits for what the rule let be absent.
    private static void assertWaits(Shop shop, List<Entry> since) {
        assertThat(findings(since))
                .containsExactlyInAnyOrder(
                        "finding.opened pending", "finding.resolved rule-problem whole");
        assertThat(shop.snapshot()).containsExactly("pending", "cart=in-sync", "optional=pending");
    }

    private static void assertArrived(Shop shop) {
        assertThat(shop.snapshot()).containsExactly("in-sync", "cart=in-sync", "optional=in-sync");
        assertThat(failed(shop)).isEmpty();
    }

    @Test
    void what_was_never_applied_waits_when_the_rule_expires_and_is_told_so() {
        // Given
        Shop shop = Shop.inSync();
        shop.ruled(rule("optional", ANY + ",\"expires\":\"2026-11-22T13:00:00Z\""));
        shop.rendered("b", configMap("cart", "1"), configMap("optional", "1"));

        // When
        shop.pass(Duration.ofHours(2));
        List<Entry> expired = shop.heartbeat();
        shop.pass(Duration.ofHours(1));
        List<Entry> overdue = shop.heartbeat();
        List<Entry> arrived = shop.seen(shop.live("optional", "1", Shop.CI));

        // Then
        assertThat(findings(expired))
                .containsExactly("finding.opened pending", "finding.updated rule-problem whole");
        assertThat(findings(overdue)).containsExactly("finding.updated pending");
        assertThat(findings(arrived)).containsExactly("finding.resolved pending");
        assertArrived(shop);
    }

    @Test
    void what_comes_under_a_rule_that_lets_it_be_absent_has_no_head_by_that() {
        // Given
        Shop shop = Shop.inSync();
        shop.ruled(rule("optional", ",\"differences\":[\"missing\"]"));
        shop.rendered("b", configMap("cart", "1"), configMap("optional", "2"));

        // When
        List<Entry> older = shop.seen(shop.live("optional", "1", "kubectl-create"));

        // Then
        assertWaits(shop, older);
        shop.seen(shop.live("optional", "2", Shop.CI));
        assertArrived(shop);
    }

    @Test
    void no_head_has_arrived_where_nobody_can_see_that_it_is_absent() {
        // Given
        Shop shop = Shop.inSync();
        shop.ruled(
                """
                {"id":"whole","reason":"by hand","target":{"kind":"Secret"},
                 "differences":["missing"]}
                """);
        ObjectNode secret =
                Shop.object(
                        """
                        {"apiVersion":"v1","kind":"Secret",
                         "metadata":{"name":"optional","namespace":"shop"},"data":{"key":"MQ=="}}
                        """);

        // When
        List<Entry> entries = shop.rendered("b", configMap("cart", "1"), secret);

        // Then
        assertThat(entries).extracting(Entry::type).doesNotContain(EntryType.SYNC_RECORDED);
        assertThat(findings(entries)).contains("finding.opened unknown", "finding.opened pending");
        assertThat(shop.snapshot()).contains("unknown", "optional=unknown");
        assertThat(failed(shop)).isEmpty();
    }
}
