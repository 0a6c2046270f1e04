package dev.driftledger.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.driftledger.model.ClusterRef;
import dev.driftledger.store.Coverage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What surrounds a page, for any number of clusters.
final class FrameTest {
    private static final Instant NOW = Samples.NOON;

    @Test
    void few_clusters_have_a_strip_and_a_sentence_each() {
        // Given
        Frame frame = frame(5, 1);

        // Then
        assertThat(frame.strips()).hasSize(6);
        assertThat(frame.coverWords()).isNull();
        assertThat(frame.unobservedAlone())
                .singleElement()
                .satisfies(cover -> assertThat(cover.cluster().name()).isEqualTo("unseen-0"));
        assertThat(frame.unobservedTogether()).isNull();
    }

    @Test
    void that_something_was_not_observed_is_said_of_any_number_of_clusters() {
        // Given
        Frame frame = frame(30, 20);

        // Then
        assertThat(frame.strips()).isEmpty();
        assertThat(frame.coverWords()).isEqualTo("50 clusters, 30 of them being watched");
        assertThat(frame.unobservedAlone()).isEmpty();
        assertThat(frame.unobservedTogether())
                .startsWith("20 of 50 clusters (unseen-0, unseen-1, ")
                .endsWith("unseen-7 and 12 more)");
    }

    @Test
    void one_of_many_clusters_that_was_not_observed_has_its_own_sentence() {
        // Given
        Frame frame = frame(7, 1);

        // Then
        assertThat(frame.strips()).isEmpty();
        assertThat(frame.unobservedAlone()).hasSize(1);
    }

    @Test
    void a_page_of_many_clusters_shows_the_banner() {
        // When
        String html =
                new TestTemplates()
                        .render("problem", new Pages.Problem(frame(4, 3), 404, "Gone", "Look"));

        // Then
        assertThat(html)
                .contains("3 of 7 clusters (unseen-0, unseen-1, unseen-2) were not being watched")
                .contains("7 clusters, 4 of them being watched")
                .doesNotContain("NOT_FOUND");
    }

    @Test
    void an_application_knows_whether_its_cluster_was_watched() {
        // Given
        Frame frame = frame(1, 1);

        // Then
        assertThat(frame.watching("uid-seen-0").observed()).isTrue();
        assertThat(frame.watching("uid-unseen-0"))
                .satisfies(seen -> assertThat(seen.observed()).isFalse())
                .satisfies(seen -> assertThat(seen.why()).isEqualTo("silence: nothing came"));
        assertThat(frame.watching("uid-of-nobody")).isEqualTo(Watching.UNKNOWN);
    }

    private static Frame frame(int seen, int unseen) {
        List<Frame.Cover> covers = new ArrayList<>();
        for (int i = 0; i < seen; i++) {
            covers.add(cover("seen-" + i, true));
        }
        for (int i = 0; i < unseen; i++) {
            covers.add(cover("unseen-" + i, false));
        }
        return new Frame(
                "Title", "/", "/", new Links(null), new Stamp(NOW), List.of(), covers, false, null);
    }

    private static Frame.Cover cover(String name, boolean seen) {
        Instant from = NOW.minusSeconds(60);
        Instant middle = NOW.minusSeconds(20);
        Instant end = seen ? NOW : middle;
        List<Coverage.Gap> gaps =
                seen
                        ? List.of()
                        : List.of(
                                new Coverage.Gap(
                                        new Coverage.Span(middle, NOW), "silence", "nothing came"));
        Coverage.OfType type =
                new Coverage.OfType(
                        "/api/v1/pods",
                        List.of(new Coverage.Span(from, end)),
                        List.of(),
                        gaps,
                        0.5,
                        0);
        Coverage coverage =
                new Coverage(
                        from,
                        NOW,
                        from,
                        List.of(type),
                        List.of(),
                        new Coverage.Heartbeats(0, null, null));
        return Frame.Cover.of(0, CoverageView.of(new ClusterRef("uid-" + name, name), coverage));
    }
}
