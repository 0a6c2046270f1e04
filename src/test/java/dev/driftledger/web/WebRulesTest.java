package dev.driftledger.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.driftledger.drift.Severity;
import dev.driftledger.model.ResourceKey;
import dev.driftledger.model.Rfc3339;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The small rules of the HTTP side, without a server.
final class WebRulesTest {
    private static final Instant NOON = Rfc3339.parse("2026-11-22T12:00:00Z");

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "::1"})
    void this_machine_may_be_listened_on(String host) {
        assertThatCode(() -> ListenRule.check(host, false)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.7", "127.0.0.1.example.com", ""})
    void any_other_address_needs_to_be_allowed(String host) {
        assertThatThrownBy(() -> ListenRule.check(host, false))
                .hasMessageContaining("quarkus.http.host")
                .hasMessageContaining("driftledger.insecure-listen=true");
        assertThatCode(() -> ListenRule.check(host, true)).doesNotThrowAnyException();
    }

    @Test
    void a_resource_keeps_its_address_whatever_it_is_called() {
        // Given
        ResourceKey key = new ResourceKey("", "ClusterRole", "", "system:a/b?c#d %");

        // When
        String address = new Links(null).resource("c-1", key);

        // Then
        assertThat(address)
                .isEqualTo("/resource/c-1/core/ClusterRole/-/system%3Aa%2Fb%3Fc%23d%20%25");
    }

    @Test
    void links_keep_the_moment() {
        // Given
        Links links = new Links(new Stamp(NOON));

        // When
        String address = links.page("/findings", "state=open");

        // Then
        assertThat(address).isEqualTo("/findings?state=open&at=2026-11-22T12%3A00%3A00.000Z");
    }

    @Test
    void a_moment_with_an_offset_is_understood_though_its_plus_was_lost() {
        assertThat(Moment.any("at", "2026-11-22T13:00:00 01:00")).isEqualTo(NOON);
    }

    @Test
    void the_future_is_not_answered_for() {
        assertThatThrownBy(() -> Moment.past("at", "2026-11-22T12:02:00Z", NOON))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("in the past");
    }

    @Test
    void files_of_each_bundle_are_those_that_it_completes() {
        // Given
        long size = 256L * 256 + 256 + 3;

        // When
        List<String> inTheMiddle = new FileList(255, size).tiles();
        List<String> last = new FileList(257, size).tiles();

        // Then
        assertThat(inTheMiddle).containsExactly("tile/entries/255", "tile/0/255", "tile/1/000");
        assertThat(last)
                .containsExactly(
                        "tile/entries/257.p/3",
                        "tile/0/257.p/3",
                        "tile/1/001.p/1",
                        "tile/2/000.p/1");
        assertThat(new FileList(258, size).tiles()).isEmpty();
    }

    @Test
    void every_tile_of_a_tree_is_listed_once() {
        // Given
        long size = 256L * 600;
        java.util.List<String> listed = new java.util.ArrayList<>();

        // When
        for (long bundle = 0; bundle * 256 < size; bundle++) {
            listed.addAll(new FileList(bundle, size).tiles());
        }

        // Then
        assertThat(listed).doesNotHaveDuplicates().hasSize(600 + 600 + 3 + 1);
    }

    @Test
    void a_gap_too_short_to_see_is_drawn_wide_enough() {
        // Given
        Stamp from = new Stamp(NOON.minusSeconds(60));
        Span gap = new Span(from, new Stamp(NOON.minusSeconds(59)), Span.State.GAP, "x", null);

        // When
        String svg =
                CoverageStrip.svg("s", "<all>", NOON.minus(Duration.ofDays(1)), NOON, List.of(gap));

        // Then
        assertThat(svg).contains("stroke-width=\"4\"", "&lt;all&gt;", "url(#s-h)");
    }

    @Test
    void shares_are_never_rounded_up_to_all() {
        // Given
        Instant from = NOON.minus(Duration.ofDays(1));
        Span watched =
                new Span(
                        new Stamp(from),
                        new Stamp(NOON.minusSeconds(1)),
                        Span.State.WATCHED,
                        null,
                        null);

        // When
        String sentence = CoverageStrip.sentence(from, NOON, List.of(watched));

        // Then
        assertThat(sentence).startsWith("Watched 99.9 %");
    }

    @Test
    void one_part_that_is_down_makes_the_service_not_ready() {
        // Given
        List<Conditions.Part> parts =
                List.of(
                        new Conditions.Part("postgresql", true, "answers"),
                        new Conditions.Part("kafka", false, "no broker since 12:00:00"));

        // When
        HealthCheckResponse answer = LogHealth.answer(parts);

        // Then
        assertThat(answer.getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
        assertThat(answer.getData().orElseThrow())
                .containsEntry("kafka", "down: no broker since 12:00:00");
    }

    @Test
    void metrics_have_bounded_labels() {
        // Given
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        Metrics metrics = new Metrics(registry);

        // When
        for (int i = 0; i < 500; i++) {
            metrics.observationGap("c", "cause " + i, Duration.ofSeconds(2));
        }
        metrics.driftOpen("c", Severity.HIGH, 3);
        metrics.logEntries("c", 812);

        // Then
        assertThat(registry.find("driftledger.observation.gap.seconds").counters()).hasSize(65);
        assertThat(registry.get("driftledger.drift.open").tag("severity", "high").gauge().value())
                .isEqualTo(3);
        assertThat(registry.get("driftledger.log.entries").gauge().value()).isEqualTo(812);
    }
}
