package dev.driftledger.recorder;

import static dev.driftledger.recorder.Shop.body;
import static dev.driftledger.recorder.Shop.configMap;
import static dev.driftledger.recorder.Shop.findings;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.drift.Explanation;
import dev.driftledger.drift.Step;
import dev.driftledger.drift.Verdict;
import dev.driftledger.ledger.Entry;
import dev.driftledger.ledger.EntryType;
import dev.driftledger.model.Digest;
import dev.driftledger.model.IgnoreRulesFile;
import dev.driftledger.model.Json;
import dev.driftledger.model.ObjectBytes;
import dev.driftledger.model.RecorderConfig;
import dev.driftledger.model.RecorderLimits;
import dev.driftledger.model.ResourceKey;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class IgnoreRulesTest {
    private static final String KEY =
            """
            {"id":"cart-key","reason":"tuned by hand","target":{"kind":"ConfigMap"},
             "paths":["data.key"]}
            """;
    private static final String KEY_UNTIL =
            KEY.replace("\"paths\"", "\"expires\":\"2026-11-22T13:00:00Z\",\"paths\"");
    private static final String ALL =
            """
            {"id":"all","reason":"never mind","target":{"kind":"*"},"paths":["data"]}
            """;
    private static final String BROKEN =
            """
            {"id":"typo","reason":"r","target":{"kind":"ConfigMap"},"path":["data.key"]}
            """;

    /// The ConfigMap `cart` is applied under these rules, and then somebody edits it.
    private static Shop edited(String... rules) {
        Shop shop = Shop.empty();
        shop.seen(shop.live("cart", "1", Shop.CI));
        shop.ruled(rules);
        shop.rendered("a", configMap("cart", "1"));
        shop.seen(shop.live("cart", "2", "kubectl-edit"));
        return shop;
    }

    private static JsonNode row(Shop shop) throws IOException {
        Entry last = shop.log().entries(EntryType.SNAPSHOT).getLast();
        return Json.parse(shop.log().blob(last)).get(0);
    }

    private static List<Recompute.Outcome> failed(Shop shop) {
        return Recompute.check(shop.log().entries(), shop.log().blobs()).stream()
                .filter(outcome -> outcome.result() == Recompute.Result.FAIL)
                .toList();
    }

    @Test
    void what_a_rule_hides_is_no_drift_and_stays_visible_with_its_rule() throws Exception {
        // Given
        Shop shop = edited(KEY);

        // When
        JsonNode row = row(shop);

        // Then
        assertThat(findings(shop.log().entries())).isEmpty();
        assertThat(shop.snapshot()).containsExactly("in-sync", "cart=ignored");
        Entry snapshot = shop.log().entries(EntryType.SNAPSHOT).getLast();
        assertThat(body(snapshot).at("/counts/ignored").asInt()).isEqualTo(1);
        assertThat(body(snapshot).at("/counts/inSync").asInt()).isZero();
        assertThat(snapshot.digests()).containsKey("ignore");
        assertThat(row.path("ignored")).hasSize(1);
        JsonNode hiding = row.path("ignored").get(0);
        assertThat(hiding.path("rule").asText()).isEqualTo("cart-key");
        assertThat(hiding.path("origin").asText()).isEqualTo(".driftledger.yaml");
        assertThat(hiding.path("reason").asText()).isEqualTo("tuned by hand");
        assertThat(hiding.path("fieldsCount").asInt()).isEqualTo(1);
        assertThat(hiding.path("digest").asText()).hasSize(64);
        assertThat(hiding.path("everything").asBoolean(true)).isFalse();
    }

    @Test
    void a_rule_that_goes_brings_the_finding_and_one_that_comes_ends_it_and_is_named() {
        // Given
        Shop shop = edited(KEY);

        // When
        shop.ruled((IgnoreRulesFile) null);
        List<Entry> without = shop.rendered("b", configMap("cart", "1"));
        shop.ruled(KEY);
        List<Entry> again = shop.rendered("c", configMap("cart", "1"));

        // Then
        assertThat(findings(without)).containsExactly("finding.opened changed data.key");
        assertThat(findings(again)).containsExactly("finding.resolved changed data.key");
        Entry end = again.get(1);
        JsonNode resolution = body(end).path("resolution");
        assertThat(resolution.path("by").asText()).isEqualTo("rule");
        assertThat(resolution.path("rule").asText()).isEqualTo("cart-key");
        assertThat(resolution.path("reason").asText()).isEqualTo("tuned by hand");
        assertThat(resolution.path("revision").asText()).startsWith("cccc");
        assertThat(shop.snapshot()).containsExactly("in-sync", "cart=ignored");
        assertThat(failed(shop)).isEmpty();
    }

    @Test
    void other_fields_still_count_and_the_finding_names_the_rules() throws Exception {
        // Given
        Shop shop = Shop.empty();
        shop.seen(shop.live(twoKeys("1"), Shop.CI));
        shop.ruled(KEY);
        shop.rendered("a", twoKeys("1"));

        // When
        List<Entry> entries = shop.seen(shop.live(twoKeys("2"), "kubectl-edit"));

        // Then
        assertThat(findings(entries)).containsExactly("finding.opened changed data.more");
        assertThat(shop.snapshot()).containsExactly("drifted", "cart=drifted");
        Entry finding = entries.get(1);
        Entry rendered = shop.log().entries(EntryType.DESIRED_RENDERED).getLast();
        assertThat(finding.digests()).containsKeys("rules", "ignore");
        assertThat(finding.digests().get("ignore")).isEqualTo(rendered.digests().get("ignore"));
        assertThat(row(shop).path("ignored")).hasSize(1);
        assertThat(failed(shop)).isEmpty();
    }

    private static ObjectNode twoKeys(String value) {
        ObjectNode cart = configMap("cart", value);
        cart.withObject("data").put("more", value);
        return cart;
    }

    @Test
    void a_rule_ends_with_the_first_heartbeat_after_its_time() {
        // Given
        Shop shop = edited(KEY_UNTIL);
        shop.pass(Duration.ofMinutes(30));
        List<Entry> before = shop.heartbeat();

        // When
        shop.pass(Duration.ofMinutes(30));
        List<Entry> after = shop.heartbeat();
        List<Entry> more = shop.heartbeat();

        // Then
        assertThat(findings(before)).isEmpty();
        assertThat(findings(after))
                .containsExactly(
                        "finding.opened changed data.key", "finding.opened rule-problem cart-key");
        assertThat(findings(more)).isEmpty();
        assertThat(shop.snapshot()).containsExactly("drifted", "cart=drifted");
        assertThat(failed(shop)).isEmpty();
    }

    @Test
    void a_rule_that_hides_everything_is_a_finding_about_the_application() {
        // Given
        Shop shop = edited(ALL);

        // When
        Entry finding = shop.log().entries(EntryType.FINDING_OPENED).getLast();
        shop.seen(shop.live("cart", "1", Shop.CI));

        // Then
        assertThat(body(finding).path("class").asText()).isEqualTo("rule-problem");
        assertThat(body(finding).path("severity").asText()).isEqualTo("high");
        assertThat(body(finding).path("reason").asText())
                .isEqualTo("it hides everything that counts of ConfigMap shop/cart");
        assertThat(finding.subject()).isNull();
        assertThat(findings(shop.log().entries()))
                .containsExactly(
                        "finding.opened rule-problem all", "finding.resolved rule-problem all");
    }

    @Test
    void broken_rules_and_broken_files_hide_nothing_and_are_findings() {
        // Given
        Shop shop = edited(BROKEN);
        List<String> broken = findings(shop.log().entries());

        // When
        shop.ruled(
                new IgnoreRulesFile(
                        ".driftledger.yaml",
                        List.of(),
                        List.of(new IgnoreRulesFile.Problem(1, "a tab"))));
        List<Entry> file = shop.rendered("b", configMap("cart", "1"));

        // Then
        assertThat(broken)
                .containsExactly(
                        "finding.opened rule-problem typo", "finding.opened changed data.key");
        assertThat(findings(file))
                .containsExactly(
                        "finding.opened rule-problem .driftledger.yaml#1",
                        "finding.resolved rule-problem typo");
        assertThat(shop.snapshot()).containsExactly("drifted", "cart=drifted");
    }

    @Test
    void many_broken_rules_are_a_bounded_number_of_findings() {
        // Given
        String[] rules =
                Stream.iterate(0, i -> i + 1)
                        .limit(2L * RecorderLimits.DEFAULT.problemsCount())
                        .map(i -> BROKEN.replace("typo", "typo-" + i))
                        .toArray(String[]::new);

        // When
        Shop shop = edited(rules);

        // Then
        assertThat(findings(shop.log().entries()))
                .filteredOn(line -> line.contains("rule-problem"))
                .hasSize(RecorderLimits.DEFAULT.problemsCount() + 1);
    }

    @Test
    void the_same_records_give_the_same_log_even_after_a_restart_at_any_step() {
        // Given
        Shop one = edited(KEY_UNTIL, ALL, BROKEN);
        Shop other = Shop.empty();
        other.log().reload();
        other.seen(other.live("cart", "1", Shop.CI));
        other.ruled(KEY_UNTIL, ALL, BROKEN);
        other.rendered("a", configMap("cart", "1"));
        other.log().reload();
        other.seen(other.live("cart", "2", "kubectl-edit"));
        other.log().reload();

        // When
        for (Shop shop : List.of(one, other)) {
            shop.pass(Duration.ofHours(2));
            shop.heartbeat();
        }

        // Then
        assertThat(other.log().leaves()).isEqualTo(one.log().leaves());
        assertThat(failed(one)).isEmpty();
    }

    @Test
    void a_verdict_that_the_rules_do_not_give_fails_when_computed_again() {
        // Given
        Shop shop = edited(KEY);
        Digest file =
                Objects.requireNonNull(
                        shop.log()
                                .entries(EntryType.DESIRED_RENDERED)
                                .getLast()
                                .digests()
                                .get("ignore"));

        // When
        List<Recompute.Outcome> outcomes = shop.recomputedWithout(file);

        // Then
        assertThat(failed(shop)).isEmpty();
        assertThat(outcomes)
                .anySatisfy(outcome -> {
                    assertThat(outcome.result()).isEqualTo(Recompute.Result.FAIL);
                    assertThat(outcome.detail()).isEqualTo("computed again: drifted in [data.key]");
                });
    }

    @Test
    void why_names_the_rule() {
        Explanation why = why(edited(KEY));

        assertThat(why.verdict()).isInstanceOf(Verdict.Ignored.class);
        assertThat(why.steps())
                .extracting(Step::rule)
                .anySatisfy(rule -> assertThat(rule).contains("cart-key"));
    }

    @Test
    void why_names_rules_that_ended_and_rules_that_cannot_be_used() {
        // Given
        Shop shop = edited(KEY_UNTIL, BROKEN);
        shop.pass(Duration.ofHours(1));
        shop.heartbeat();

        // When
        Explanation why = why(shop);

        // Then
        Entry snapshot = shop.log().entries(EntryType.SNAPSHOT).getLast();
        assertThat(why.steps())
                .filteredOn(step -> step.rule().startsWith("ignore:"))
                .isEqualTo(Retelling.problems(Shop.SHOP, ruling(snapshot), shop.log().blobs()))
                .extracting(step -> step.stage() + " " + step.rule() + " " + step.words())
                .satisfiesExactly(
                        typo ->
                                assertThat(typo)
                                        .startsWith("INPUT ignore:typo hides nothing: path is not"),
                        ended ->
                                assertThat(ended)
                                        .isEqualTo(
                                                "INPUT ignore:cart-key hides nothing: expired at"
                                                        + " 2026-11-22T13:00:00Z"));
    }

    private static Ruling ruling(Entry snapshot) {
        Digest file = Objects.requireNonNull(snapshot.digests().get("ignore"));
        return new Ruling(file, Instant.parse(body(snapshot).path("rulesAsOf").asText()));
    }

    private static Explanation why(Shop shop) {
        Entry snapshot = shop.log().entries(EntryType.SNAPSHOT).getLast();
        Entry seen = shop.log().entries(EntryType.OBJECT_OBSERVED).getLast();
        return Objects.requireNonNull(
                Retelling.explain(
                        new Retelling.Question(
                                Shop.SHOP,
                                new ResourceKey("", "ConfigMap", "shop", "cart"),
                                ObjectBytes.digest(configMap("cart", "1")),
                                Objects.requireNonNull(seen.digests().get("object")),
                                List.of(),
                                ruling(snapshot)),
                        shop.log().entries(EntryType.CONFIG_CHANGED),
                        shop.log().blobs()));
    }

    @Test
    void severities_of_the_settings_come_before_the_built_in_ones() {
        // Given
        Shop shop = Shop.inSync();
        List<Entry> first = shop.seen(shop.live("cart", "2", "kubectl-edit"));
        RecorderConfig plain = Shop.settings(RecorderLimits.DEFAULT);

        // When
        List<Entry> changed =
                shop.configured(
                        new RecorderConfig(
                                plain.applications(),
                                plain.snapshotInterval(),
                                plain.managers(),
                                plain.limits(),
                                List.of(
                                        new RecorderConfig.SeverityRow(
                                                "ConfigMap", "data.key", "critical"))));

        // Then
        assertThat(body(first.get(1)).path("severity").asText()).isEqualTo("medium");
        assertThat(findings(changed)).containsExactly("finding.updated changed data.key");
        assertThat(body(changed.get(1)).path("severity").asText()).isEqualTo("critical");
        assertThat(body(changed.get(1)).path("changes").toString()).isEqualTo("[\"worse\"]");
        assertThat(failed(shop)).isEmpty();
    }
}
