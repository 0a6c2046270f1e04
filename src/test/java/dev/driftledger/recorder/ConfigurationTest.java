package dev.driftledger.recorder;

import static dev.driftledger.recorder.Shop.body;
import static dev.driftledger.recorder.Shop.configMap;
import static dev.driftledger.recorder.Shop.findings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.ledger.Entry;
import dev.driftledger.ledger.EntryType;
import dev.driftledger.model.RecorderLimits;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// What the settings do to the log.
final class ConfigurationTest {
    private static final RecorderLimits PRESET = RecorderLimits.DEFAULT;

    private static RecorderLimits limits(int valueMaxBytes, int tombstones, Duration flapping) {
        return new RecorderLimits(
                flapping,
                valueMaxBytes,
                PRESET.formerCount(),
                PRESET.relatedCount(),
                PRESET.renderingsCount(),
                PRESET.problemsCount(),
                tombstones,
                PRESET.tombstonesKept(),
                PRESET.auditsCount(),
                PRESET.auditsKept(),
                PRESET.largeCount(),
                PRESET.largePause());
    }

    @Test
    void an_application_that_is_configured_no_more_is_closed_and_nobody_resolved_its_findings() {
        // Given
        Shop shop = Shop.inSync();
        shop.seen(shop.live("cart", "2", "kubectl-edit"));

        // When
        List<Entry> entries = shop.configured(Shop.nothing());

        // Then
        assertThat(findings(entries)).containsExactly("finding.resolved changed data.key");
        assertThat(body(entries.get(1)).at("/resolution/by").asText()).isEqualTo("unconfigured");
        Entry last = entries.getLast();
        assertThat(last.type()).isEqualTo(EntryType.SNAPSHOT);
        assertThat(body(last).path("verdict").asText()).isEqualTo("unconfigured");
        assertThat(body(last).path("reason").asText()).isEqualTo("unconfigured");
        assertThat(body(last).path("openFindings").asInt()).isZero();
        assertThat(body(last).path("repository").asText()).isEqualTo("file:///shop.git");
        assertThat(new String(shop.log().blob(last), StandardCharsets.UTF_8)).isEqualTo("[]");
    }

    @Test
    void what_still_arrives_about_an_unconfigured_application_does_not_bring_it_back() {
        // Given
        Shop shop = Shop.inSync();
        shop.configured(Shop.nothing());

        // When
        List<Entry> late = shop.rendered("b", configMap("cart", "3"));
        List<Entry> seen = shop.seen(shop.live("cart", "2", "kubectl-edit"));
        List<Entry> beat = shop.heartbeat();

        // Then
        assertThat(late).extracting(Entry::type).containsExactly(EntryType.DESIRED_RENDERED);
        assertThat(findings(seen)).isEmpty();
        assertThat(beat).extracting(Entry::type).doesNotContain(EntryType.SNAPSHOT);
        assertThat(shop.snapshot()).containsExactly("unconfigured");
    }

    @Test
    void an_application_that_is_configured_again_begins_anew() {
        // Given
        Shop shop = Shop.inSync();
        shop.configured(Shop.nothing());

        // When
        shop.configured(Shop.settings(PRESET));
        shop.rendered("a", configMap("cart", "1"));

        // Then
        assertThat(shop.snapshot()).containsExactly("in-sync", "cart=in-sync");
    }

    @Test
    void findings_that_end_with_other_settings_say_so() {
        // Given
        Shop shop = Shop.inSync();
        shop.seen(shop.live(configMap("stray", "1"), "kubectl-create"));

        // When
        List<Entry> entries =
                shop.configured(
                        new dev.driftledger.model.RecorderConfig(
                                Shop.settings(PRESET).applications(),
                                Duration.ofMinutes(5),
                                new java.util.TreeMap<>(
                                        java.util.Map.of("kubectl-create", "controller"))));

        // Then
        assertThat(findings(entries)).containsExactly("finding.resolved unmanaged");
        assertThat(body(entries.get(1)).at("/resolution/by").asText()).isEqualTo("configuration");
    }

    @Test
    void limits_are_in_the_log_and_equal_ones_are_no_news() {
        // Given
        Shop shop = Shop.inSync();

        // When
        List<Entry> same = shop.configured(Shop.settings(PRESET));
        List<Entry> other = shop.configured(Shop.settings(limits(64, 1, Duration.ofMinutes(1))));

        // Then
        assertThat(same).isEmpty();
        assertThat(other.getFirst().type()).isEqualTo(EntryType.CONFIG_CHANGED);
        assertThat(body(other.getFirst()).at("/limits/valueMaxBytes").asInt()).isEqualTo(64);
        assertThat(body(other.getFirst()).at("/limits/flappingMillis").asInt()).isEqualTo(60_000);
        assertThat(LimitsJson.read(body(other.getFirst()).path("limits")))
                .isEqualTo(limits(64, 1, Duration.ofMinutes(1)));
    }

    @Test
    void a_value_above_its_limit_is_named_by_digest_and_its_verdict_comes_out_again() {
        // Given
        Shop shop = Shop.inSync();
        shop.configured(Shop.settings(limits(64, 1, Duration.ofMinutes(1))));

        // When
        List<Entry> entries = shop.seen(shop.live("cart", "x".repeat(100), "kubectl-edit"));

        // Then
        JsonNode live = body(entries.get(1)).path("live");
        assertThat(live.path("size").asInt()).isEqualTo(102);
        assertThat(Recompute.check(shop.log().entries(), shop.log().blobs()))
                .filteredOn(o -> o.entry().equals(entries.get(1).id()))
                .extracting(Recompute.Outcome::result)
                .containsExactly(Recompute.Result.PASS);
    }

    @Test
    void no_more_deleted_objects_are_remembered_than_allowed() {
        // Given
        Shop shop = Shop.inSync();
        shop.configured(Shop.settings(limits(64, 1, Duration.ofMinutes(1))));
        ObjectNode one = shop.live("one", "1", Shop.CI);
        ObjectNode two = shop.live("two", "1", Shop.CI);
        shop.seen(one);
        shop.seen(two);

        // When
        shop.deleted(one);
        shop.deleted(two);

        // Then
        assertThat(shop.log().state().tombstones()).containsOnlyKeys("uid-two");
    }

    @Test
    void what_comes_back_after_the_configured_time_is_another_finding_without_a_heartbeat() {
        // Given
        Shop shop = Shop.inSync();
        shop.configured(Shop.settings(limits(2048, 512, Duration.ofMinutes(1))));
        Entry opened = shop.seen(shop.live("cart", "2", "kubectl-edit")).get(1);
        shop.seen(shop.live("cart", "1", Shop.CI));
        shop.pass(Duration.ofSeconds(61));

        // When
        List<Entry> again = shop.seen(shop.live("cart", "2", "kubectl-edit"));

        // Then
        assertThat(findings(again)).contains("finding.opened changed data.key");
        assertThat(again.getLast().correlation()).isNotEqualTo(opened.correlation());
    }

    @Test
    void a_limit_out_of_its_range_is_refused_by_name() {
        assertThatThrownBy(() -> limits(63, 1, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("value-max-bytes is 63; set 64 to 8192");
        assertThatThrownBy(() -> limits(64, 1, Duration.ofHours(25)))
                .hasMessage("flapping is PT25H; set 0 s to 24 h");
    }

    @Test
    void rows_that_were_stored_before_limits_and_nesting_load() {
        // Given
        String settings =
                """
                {"config":{"applications":[],"snapshotInterval":"PT5M","managers":{}},
                 "digest":"%s"}
                """
                        .formatted("ab".repeat(32));
        String application =
                """
                {"id":{"reconciler":"none","namespace":"shop","name":"shop"},
                 "head":{"id":"a","subject":"s"},"rendered":[],"problems":[],
                 "knownAt":"2026-11-22T12:00:00Z","bootstrapped":true,
                 "pendingSince":"2026-11-22T12:00:01Z","overdue":true,"staleReason":"away",
                 "verdict":"DRIFTED","snapshotAt":"2026-11-22T12:00:02Z","dirty":false,
                 "stirred":false}
                """;
        String finding =
                """
                {"id":"f","application":{"reconciler":"none","namespace":"shop","name":"shop"},
                 "resource":{"group":"","kind":"ConfigMap","namespace":"shop","name":"cart"},
                 "kind":"changed","path":"data.key","version":"v1","uid":"u","desired":"1",
                 "live":"2","owner":{"type":"HUMAN","manager":"k","evidence":"CHANGE"},
                 "severity":"MEDIUM","digests":{},"openedAt":"2026-11-22T12:00:00Z",
                 "changedAt":"2026-11-22T12:00:03Z","count":2}
                """;

        // When
        RecorderState state =
                RecorderState.of(
                        MemoryLog.CLUSTER,
                        List.of(
                                new StateChange("config", "", Shop.object(settings)),
                                new StateChange(
                                        "application", Shop.SHOP.id(), Shop.object(application)),
                                new StateChange(
                                        "finding",
                                        FindingIndex.rowKey(
                                                Shop.SHOP,
                                                Shop.key(configMap("cart", "1")),
                                                "changed",
                                                "data.key"),
                                        Shop.object(finding))));

        // Then
        assertThat(state.config()).isEqualTo(Shop.nothing());
        ApplicationRow row = Objects.requireNonNull(state.applications().get(Shop.SHOP));
        assertThat(row.overdue()).isTrue();
        assertThat(row.stale().staleReason()).isEqualTo("away");
        assertThat(row.summary().verdict()).isEqualTo(Standing.DRIFTED);
        Row.Finding loaded = state.findings().of(Shop.SHOP).getFirst();
        assertThat(loaded.open()).isTrue();
        assertThat(loaded.stated().live()).isEqualTo("2");
        assertThat(loaded.life().count()).isEqualTo(2);
        assertThat(RowJson.write(loaded)).isEqualTo(Shop.object(finding));
        assertThat(RowJson.write(row)).isEqualTo(Shop.object(application));
    }
}
