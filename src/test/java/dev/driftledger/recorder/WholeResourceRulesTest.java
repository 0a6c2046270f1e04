package dev.driftledger.recorder;

import static dev.driftledger.recorder.Shop.body;
import static dev.driftledger.recorder.Shop.configMap;
import static dev.driftledger.recorder.Shop.findings;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.ledger.Entry;
import dev.driftledger.ledger.EntryType;
import dev.driftledger.model.Digest;
import dev.driftledger.model.IgnoreRulesFile;
import dev.driftledger.model.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Ignore rules about resources that are on one side only.
class WholeResourceRulesTest {
    /// By whom, and by which rule, the finding of that class ended.
    private static String endedBy(List<Entry> entries, String kind) {
        JsonNode resolution =
                entries.stream()
                        .filter(entry -> entry.type() == EntryType.FINDING_RESOLVED)
                        .map(Shop::body)
                        .filter(body -> body.path("class").asText().equals(kind))
                        .findFirst()
                        .orElseThrow()
                        .path("resolution");
        return resolution.path("by").asText() + " " + resolution.path("rule").asText();
    }

    private static String rule(String name, String more) {
        return """
        {"id":"whole","reason":"by hand","target":{"kind":"ConfigMap","name":"%s"}%s}
        """
                .formatted(name, more);
    }

    /// Every way in which a resource may be on one side only.
    private static final String ANY = ",\"differences\":[\"missing\",\"extra\",\"unmanaged\"]";

    private static List<Recompute.Outcome> failed(Shop shop) {
        return Recompute.check(shop.log().entries(), shop.log().blobs()).stream()
                .filter(outcome -> outcome.result() == Recompute.Result.FAIL)
                .toList();
    }

    /// What the last snapshot says that rules hide of a resource.
    private static JsonNode hidden(Shop shop, String name) throws IOException {
        Entry last = shop.log().entries(EntryType.SNAPSHOT).getLast();
        for (JsonNode row : Json.parse(shop.log().blob(last))) {
            if (row.path("resource").asText().endsWith(":" + name)) {
                return row.path("ignored");
            }
        }
        throw new AssertionError(name + " is not in the snapshot");
    }

    private static String ignoredCount(Shop shop) {
        Entry last = shop.log().entries(EntryType.SNAPSHOT).getLast();
        return body(last).at("/counts/ignored") + " of " + body(last).path("resourcesCount");
    }

    @Test
    void what_is_missing_is_ignored_with_its_rule_until_the_rule_goes() throws IOException {
        // Given
        Shop shop = Shop.empty();
        ObjectNode cart = shop.live("cart", "1", Shop.CI);
        shop.seen(cart);
        shop.ruled(rule("cart", ANY));
        shop.rendered("a", configMap("cart", "1"));

        // When
        List<Entry> deleted = shop.deleted(cart);
        List<String> hidden = shop.snapshot();
        JsonNode hiding = hidden(shop, "cart").get(0);
        shop.ruled((IgnoreRulesFile) null);
        List<Entry> without = shop.rendered("b", configMap("cart", "1"));
        shop.ruled(rule("cart", ANY));
        List<Entry> again = shop.rendered("c", configMap("cart", "1"));

        // Then
        assertThat(findings(deleted)).containsExactly("finding.opened rule-problem whole");
        assertThat(hidden).containsExactly("in-sync", "cart=ignored");
        assertThat(hiding.path("rule").asText()).isEqualTo("whole");
        assertThat(hiding.path("whole").asText()).isEqualTo("missing");
        assertThat(hiding.path("everything").asBoolean()).isTrue();
        assertThat(findings(without))
                .containsExactly("finding.opened missing", "finding.resolved rule-problem whole");
        assertThat(findings(again)).contains("finding.resolved missing");
        assertThat(endedBy(again, "missing")).isEqualTo("rule whole");
        assertThat(failed(shop)).isEmpty();
    }

    @Test
    void a_rule_by_owner_hides_nothing_that_is_missing() {
        // Given
        Shop shop = Shop.empty();
        ObjectNode cart = shop.live("cart", "1", Shop.CI);
        shop.seen(cart);
        shop.ruled(rule("cart", ANY + ",\"owners\":[\"unknown\",\"human\",\"reconciler\"]"));
        shop.rendered("a", configMap("cart", "1"));

        // When
        List<Entry> deleted = shop.deleted(cart);

        // Then
        assertThat(findings(deleted)).containsExactly("finding.opened missing");
        assertThat(shop.snapshot()).containsExactly("drifted", "cart=missing");
    }

    @Test
    void what_a_rule_lets_stay_is_no_extra_and_no_head_waits_for_it() throws IOException {
        // Given
        Shop shop = Shop.empty();
        shop.seen(shop.live("cart", "1", Shop.CI));
        shop.seen(shop.live("old", "1", Shop.CI));
        shop.rendered("a", configMap("cart", "1"), configMap("old", "1"));
        shop.ruled(rule("old", ",\"differences\":[\"extra\"]"));

        // When
        List<Entry> named = shop.rendered("b", configMap("cart", "1"));
        shop.pass(Duration.ofHours(1));
        List<Entry> later = shop.heartbeat();
        List<String> hidden = shop.snapshot();
        JsonNode hiding = hidden(shop, "old").get(0);
        shop.ruled((IgnoreRulesFile) null);
        List<Entry> without = shop.rendered("c", configMap("cart", "1"));
        shop.pass(Duration.ofHours(1));
        List<Entry> overdue = shop.heartbeat();
        shop.ruled(rule("old", ANY));
        List<Entry> again = shop.rendered("d", configMap("cart", "1"));

        // Then
        assertThat(named).extracting(Entry::type).contains(EntryType.SYNC_RECORDED);
        assertThat(findings(named)).containsExactly("finding.opened rule-problem whole");
        assertThat(findings(later)).isEmpty();
        assertThat(hidden).containsExactly("in-sync", "cart=in-sync", "old=ignored");
        assertThat(hiding.path("whole").asText()).isEqualTo("extra");
        assertThat(findings(without)).contains("finding.resolved rule-problem whole");
        assertThat(findings(overdue)).contains("finding.opened extra");
        assertThat(endedBy(again, "extra")).isEqualTo("rule whole");
        assertThat(failed(shop)).isEmpty();
    }

    @Test
    void an_object_of_nobodys_is_ignored_with_its_rule_until_the_rule_goes() throws IOException {
        // Given
        Shop shop = Shop.empty();
        shop.seen(shop.live("cart", "1", Shop.CI));
        shop.ruled(rule("scratch-*", ANY + ",\"owners\":[\"human\"]"));
        shop.rendered("a", configMap("cart", "1"));

        // When
        List<Entry> made = shop.seen(shop.live("scratch-1", "1", "kubectl-create"));
        List<Entry> other = shop.seen(shop.live("mine", "1", "kubectl-create"));
        List<String> hidden = shop.snapshot();
        String count = ignoredCount(shop);
        JsonNode hiding = hidden(shop, "scratch-1").get(0);
        shop.ruled((IgnoreRulesFile) null);
        List<Entry> without = shop.rendered("b", configMap("cart", "1"));
        shop.ruled(rule("scratch-*", ",\"differences\":[\"unmanaged\"]"));
        List<Entry> again = shop.rendered("c", configMap("cart", "1"));

        // Then
        assertThat(findings(made)).containsExactly("finding.opened rule-problem whole");
        assertThat(endedBy(again, "unmanaged")).isEqualTo("rule whole");
        assertThat(findings(other)).containsExactly("finding.opened unmanaged");
        assertThat(hidden)
                .containsExactly("drifted", "cart=in-sync", "mine=unmanaged", "scratch-1=ignored");
        assertThat(count).isEqualTo("1 of 3");
        assertThat(hiding.path("whole").asText()).isEqualTo("unmanaged");
        assertThat(hiding.path("reason").asText()).isEqualTo("by hand");
        assertThat(findings(without))
                .containsExactly("finding.opened unmanaged", "finding.resolved rule-problem whole");
        assertThat(failed(shop)).isEmpty();
    }

    @Test
    void an_object_of_nobodys_that_goes_or_gets_a_name_is_hidden_no_more() {
        // Given
        Shop shop = Shop.empty();
        shop.seen(shop.live("cart", "1", Shop.CI));
        shop.ruled(rule("scratch-*", ",\"differences\":[\"unmanaged\"]"));
        shop.rendered("a", configMap("cart", "1"));
        ObjectNode gone = shop.live("scratch-1", "1", "kubectl-create");
        shop.seen(gone);
        shop.seen(shop.live("scratch-2", "1", "kubectl-create"));

        // When
        shop.deleted(gone);
        List<String> deleted = shop.snapshot();
        List<Entry> named = shop.rendered("b", configMap("cart", "1"), configMap("scratch-2", "1"));

        // Then
        assertThat(deleted).containsExactly("in-sync", "cart=in-sync", "scratch-2=ignored");
        assertThat(findings(named)).containsExactly("finding.resolved rule-problem whole");
        assertThat(shop.snapshot()).containsExactly("in-sync", "cart=in-sync", "scratch-2=in-sync");
        assertThat(failed(shop)).isEmpty();
    }

    @Test
    void a_rule_about_a_whole_resource_ends_with_the_first_heartbeat_after_its_time() {
        // Given
        String until = ANY + ",\"expires\":\"2026-11-22T13:00:00Z\"";
        Shop shop = Shop.empty();
        ObjectNode cart = shop.live("cart", "1", Shop.CI);
        shop.seen(cart);
        shop.seen(shop.live("kept", "1", Shop.CI));
        shop.ruled(rule("*", until));
        shop.rendered("a", configMap("cart", "1"), configMap("kept", "1"));
        shop.deleted(cart);
        shop.seen(shop.live("scratch", "1", "kubectl-create"));
        List<String> before = shop.snapshot();

        // When
        shop.pass(Duration.ofHours(2));
        List<Entry> after = shop.heartbeat();

        // Then
        assertThat(before)
                .containsExactly("in-sync", "cart=ignored", "kept=in-sync", "scratch=ignored");
        assertThat(findings(after))
                .containsExactly(
                        "finding.opened missing",
                        "finding.opened unmanaged",
                        "finding.updated rule-problem whole");
        assertThat(failed(shop)).isEmpty();
    }

    @Test
    void what_changes_again_and_again_under_a_rule_is_listed_once_a_heartbeat() throws IOException {
        // Given
        Shop shop = Shop.empty();
        shop.seen(shop.live("cart", "1", Shop.CI));
        shop.ruled(
                rule("scratch", ANY),
                """
                {"id":"key","reason":"tuned","target":{"kind":"ConfigMap","name":"cart"},
                 "paths":["data.key"]}
                """);
        shop.rendered("a", configMap("cart", "1"));
        shop.seen(shop.live("scratch", "1", "kubectl-create"));
        shop.seen(shop.live("cart", "2", "kubectl-edit"));
        String before = hidden(shop, "scratch").toString() + hidden(shop, "cart");
        int snapshots = shop.log().entries(EntryType.SNAPSHOT).size();

        // When
        for (String value : List.of("3", "4", "5")) {
            shop.seen(shop.live("scratch", value, "kubectl-create"));
            shop.seen(shop.live("cart", value, "kubectl-edit"));
        }
        int meanwhile = shop.log().entries(EntryType.SNAPSHOT).size();
        shop.pass(Duration.ofMinutes(1));
        shop.heartbeat();

        // Then
        assertThat(meanwhile).isEqualTo(snapshots);
        assertThat(shop.log().entries(EntryType.SNAPSHOT)).hasSize(snapshots + 1);
        assertThat(hidden(shop, "scratch").toString() + hidden(shop, "cart")).isNotEqualTo(before);
        assertThat(failed(shop)).isEmpty();
    }

    @Test
    void the_same_records_give_the_same_log_even_after_a_restart_at_any_step() {
        Shop one = Shop.empty();
        Shop other = Shop.empty();
        for (Shop shop : List.of(one, other)) {
            Runnable restart = shop == other ? () -> shop.log().reload() : () -> {};
            shop.ruled(rule("*", ANY));
            restart.run();
            ObjectNode cart = shop.live("cart", "1", Shop.CI);
            shop.seen(cart);
            shop.seen(shop.live("old", "1", Shop.CI));
            restart.run();
            shop.rendered("a", configMap("cart", "1"), configMap("old", "1"));
            restart.run();
            shop.deleted(cart);
            restart.run();
            shop.rendered("b", configMap("cart", "1"));
            restart.run();
            shop.seen(shop.live("scratch", "1", "kubectl-create"));
            restart.run();
            shop.pass(Duration.ofHours(1));
            shop.heartbeat();
        }

        assertThat(other.log().leaves()).isEqualTo(one.log().leaves());
        assertThat(one.snapshot())
                .containsExactly("in-sync", "cart=ignored", "old=ignored", "scratch=ignored");
        assertThat(failed(one)).isEmpty();
    }

    @Test
    void what_the_rules_do_not_hide_fails_when_computed_again() {
        // Given
        Shop shop = Shop.empty();
        ObjectNode cart = shop.live("cart", "1", Shop.CI);
        shop.seen(cart);
        shop.ruled(rule("*", ANY));
        Entry rendered = shop.rendered("a", configMap("cart", "1")).getFirst();
        Digest file = Objects.requireNonNull(rendered.digests().get("ignore"));
        shop.deleted(cart);
        shop.seen(shop.live("scratch", "1", "kubectl-create"));

        // When
        List<Recompute.Outcome> outcomes = shop.recomputedWithout(file);

        // Then
        assertThat(failed(shop)).isEmpty();
        assertThat(outcomes)
                .filteredOn(outcome -> outcome.result() == Recompute.Result.FAIL)
                .extracting(Recompute.Outcome::detail)
                .contains("computed again: missing", "computed again: unmanaged");
    }
}
