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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The small rules of the HTTP side, without a server.
final class WebRulesTest {
    private static final Instant NOON = Rfc3339.parse("2026-11-22T12:00:00Z");

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "::1"})
    void this_machine_may_be_listened_on(String host) {
        assertThatCode(() -> ListenRule.check("quarkus.http.host", host, false))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.7", "127.0.0.1.example.com", ""})
    void any_other_address_needs_to_be_allowed(String host) {
        assertThatThrownBy(() -> ListenRule.check("quarkus.management.host", host, false))
                .hasMessageContaining("quarkus.management.host")
                .hasMessageContaining("driftledger.insecure-listen=true");
        assertThatCode(() -> ListenRule.check("quarkus.http.host", host, true))
                .doesNotThrowAnyException();
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-22 12:00:00 UTC",
                "2026-11-22 12:00:00",
                "2026-11-22 12:00",
                "2026-11-22 12:00:00.000Z",
                " 2026-11-22T12:00:00Z "
            })
    void a_moment_is_understood_as_pages_print_it(String typed) {
        assertThat(Moment.any("at", typed)).isEqualTo(NOON);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-11-22T12:00:00", "2026-11-22T12:00", "2026-11-22"})
    void a_moment_without_zone_or_time_is_refused_with_what_to_add(String typed) {
        assertThatThrownBy(() -> Moment.any("at", typed))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("such as Z for UTC");
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
        String svg = CoverageStrip.svg("s", "<all>", lastDay(null), List.of(gap));

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
        String sentence = CoverageStrip.sentence(lastDay(null), List.of(watched));

        // Then
        assertThat(sentence).isEqualTo("Watched 99.9 % of the last 24 h; no gap");
    }

    @Test
    void without_a_wish_coverage_begins_with_the_log() {
        // Given
        CoverageParameters.Range day = CoverageParameters.Range.dayBefore(NOON);
        Instant began = NOON.minusSeconds(300);

        // When
        Instant from = day.from(began);

        // Then
        assertThat(from).isEqualTo(began);
        assertThat(day.from(NOON.minus(Duration.ofDays(2)))).isEqualTo(day.from());
        assertThat(day.from(NOON.plusSeconds(1))).isEqualTo(day.from());
        assertThat(new CoverageParameters.Range(day.from(), NOON, true).from(began))
                .isEqualTo(day.from());
    }

    @Test
    void coverage_says_since_when_there_is_a_log() {
        // Given
        Instant began = NOON.minusSeconds(300);
        Span watched = new Span(new Stamp(began), new Stamp(NOON), Span.State.WATCHED, null, null);

        // When
        String whole = CoverageStrip.sentence(range(began, NOON, began), List.of(watched));
        String wider =
                CoverageStrip.sentence(
                        range(NOON.minusSeconds(600), NOON, began), List.of(watched));
        String before = CoverageStrip.sentence(range(began, NOON, NOON), List.of());

        // Then
        assertThat(whole).isEqualTo("Watched 100.0 % since 11:55 UTC; no gap");
        assertThat(wider)
                .isEqualTo("Watched 50.0 % of this range; no gap; empty: before this log began");
        assertThat(before).isEqualTo("Empty: before this log began");
    }

    @Test
    void types_that_were_watched_alike_stand_together() {
        // Given
        Instant from = NOON.minusSeconds(300);
        CoverageView.Type pods = watchedFrom("/api/v1/pods", from.plusMillis(400), from);
        CoverageView.Type nodes = watchedFrom("/api/v1/nodes", from.plusMillis(1900), from);
        CoverageView.Type late = watchedFrom("/apis/late", from.plusSeconds(60), from);
        CoverageView view =
                new CoverageView(
                        ClusterView.of(Samples.CLUSTER),
                        new Stamp(from),
                        new Stamp(NOON),
                        new Stamp(from),
                        List.of(late, nodes, pods),
                        List.of());

        // When
        Pages.ClusterCoverage page = CoverageLayout.cluster(0, view);

        // Then
        assertThat(page.types())
                .extracting(Pages.TypeStrip::label)
                .containsExactly("2 types watched since they were first listed", "/apis/late");
        assertThat(page.types().getFirst().sentence()).startsWith("Watched 99.3 % since 11:55 UTC");
        assertThat(page.gaps()).hasSize(2);
    }

    private static CoverageView.Type watchedFrom(String path, Instant start, Instant from) {
        Span before =
                new Span(
                        new Stamp(from),
                        new Stamp(start),
                        Span.State.NOT_OBSERVED,
                        "not-yet-watched",
                        null);
        Span watched = new Span(new Stamp(start), new Stamp(NOON), Span.State.WATCHED, null, null);
        double share = CoverageStrip.share(Span.State.WATCHED, from, NOON, List.of(watched));
        return new CoverageView.Type(path, share, 0, List.of(before, watched));
    }

    private static CoverageView lastDay(@Nullable Instant beganAt) {
        return range(NOON.minus(Duration.ofDays(1)), NOON, beganAt);
    }

    private static CoverageView range(Instant from, Instant to, @Nullable Instant beganAt) {
        return new CoverageView(
                ClusterView.of(Samples.CLUSTER),
                new Stamp(from),
                new Stamp(to),
                beganAt == null ? null : new Stamp(beganAt),
                List.of(),
                List.of());
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
