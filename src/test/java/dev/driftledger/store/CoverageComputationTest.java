package dev.driftledger.store;

import static dev.driftledger.store.Logs.body;
import static dev.driftledger.store.Logs.second;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.ledger.EntryType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class CoverageComputationTest {
    private static final String PODS = "/api/v1/pods";
    private static final Coverage.Heartbeats NONE = new Coverage.Heartbeats(0, null, null);

    private final Logs log = new Logs("c1");

    private Coverage.OfType pods(long from, long to, long lastAt) {
        CoverageComputation computation = new CoverageComputation();
        log.batch(Map.of()).leaves().forEach(leaf -> computation.add(leaf.entry()));
        CoverageComputation.Signs signs = new CoverageComputation.Signs(second(0), second(lastAt));
        return computation.coverage(span(from, to), signs, NONE).types().getFirst();
    }

    private static Coverage.Span span(long from, long to) {
        return new Coverage.Span(second(from), second(to));
    }

    private static Coverage.Gap gap(long from, long to, String cause, String detail) {
        return new Coverage.Gap(span(from, to), cause, detail);
    }

    private static ObjectNode pods() {
        return body().put("path", PODS);
    }

    @Test
    void a_resumed_watch_caught_up_what_nobody_watched_as_it_happened() {
        // Given
        log.say(EntryType.WATCH_STARTED, 0, null, pods());
        log.say(EntryType.SHUTDOWN, 50, null, body().put("reason", "x"));
        log.say(EntryType.STARTUP, 60, null, body());
        log.say(EntryType.WATCH_STARTED, 61, null, pods().put("resumed", true));
        // When
        Coverage.OfType pods = pods(0, 100, 100);
        // Then
        assertThat(pods.observed()).containsExactly(span(0, 50), span(61, 100));
        assertThat(pods.caughtUp()).containsExactly(gap(50, 61, "shutdown", "x"));
        assertThat(pods.gaps()).isEmpty();
        assertThat(pods.share()).isEqualTo(0.89);
        assertThat(pods.caughtUpShare()).isEqualTo(0.11);
    }

    @Test
    void a_watch_that_listed_anew_caught_nothing_up() {
        // Given
        log.say(EntryType.WATCH_STARTED, 0, null, pods());
        log.say(EntryType.SHUTDOWN, 50, null, body().put("reason", "x"));
        log.say(EntryType.STARTUP, 60, null, body());
        log.say(EntryType.WATCH_STARTED, 61, null, pods().put("resumed", false));
        // When
        Coverage.OfType pods = pods(0, 100, 100);
        // Then
        assertThat(pods.caughtUp()).isEmpty();
        assertThat(pods.gaps()).containsExactly(gap(50, 61, "shutdown", "x"));
    }

    @Test
    void what_a_gap_entry_says_was_missed_is_not_caught_up_by_an_earlier_resume() {
        // Given
        log.say(EntryType.WATCH_STARTED, 0, null, pods());
        log.say(EntryType.SHUTDOWN, 50, null, body().put("reason", "x"));
        log.say(EntryType.STARTUP, 60, null, body());
        log.say(EntryType.WATCH_STARTED, 70, null, pods().put("resumed", true));
        log.say(EntryType.GAP, 75, null, expired(65, 75));
        // When
        Coverage.OfType pods = pods(0, 100, 100);
        // Then
        assertThat(pods.caughtUp()).containsExactly(gap(50, 65, "shutdown", "x"));
        assertThat(pods.gaps()).containsExactly(gap(65, 75, "expired", "410"));
        assertThat(pods.observed()).containsExactly(span(0, 50), span(75, 100));
    }

    @Test
    void a_resumed_watch_of_a_run_before_the_range_caught_up_its_beginning() {
        // Given
        log.say(EntryType.STARTUP, 0, null, body());
        log.say(EntryType.WATCH_STARTED, 10, null, pods().put("resumed", true));
        // When
        Coverage.OfType pods = pods(5, 105, 105);
        // Then
        assertThat(pods.caughtUp()).containsExactly(new Coverage.Gap(span(5, 10), "restart", null));
        assertThat(pods.gaps()).isEmpty();
    }

    @Test
    void an_instance_that_was_relieved_ends_nothing_by_saying_so_late() {
        // Given
        log.say(EntryType.STARTUP, 0, null, body().put("instance", "a"));
        log.say(EntryType.WATCH_STARTED, 1, null, pods());
        log.heartbeats(1, 15);
        log.say(EntryType.STARTUP, 20, null, body().put("instance", "b"));
        log.say(EntryType.WATCH_STARTED, 21, null, pods().put("resumed", true));
        log.say(EntryType.SHUTDOWN, 30, null, body().put("instance", "a"));
        // When
        Coverage.OfType pods = pods(1, 101, 101);
        // Then
        assertThat(pods.observed()).containsExactly(span(1, 15), span(21, 101));
        assertThat(pods.caughtUp())
                .containsExactly(gap(15, 21, "crash", "no shutdown was recorded"));
        assertThat(pods.gaps()).isEmpty();
    }

    @Test
    void a_resume_after_a_crash_catches_up_what_the_crash_hid_but_not_what_was_lost_before() {
        // Given
        log.say(EntryType.STARTUP, 0, null, body().put("instance", "a"));
        log.say(EntryType.WATCH_STARTED, 1, null, pods());
        log.say(EntryType.GAP, 20, null, gapEntry("expired", 10, 20));
        log.say(EntryType.GAP, 40, null, gapEntry("unclean-start", 20, 40));
        log.say(EntryType.STARTUP, 40, null, body().put("instance", "b"));
        log.say(EntryType.WATCH_STARTED, 41, null, pods().put("resumed", true));
        // When
        Coverage.OfType pods = pods(1, 101, 101);
        // Then
        assertThat(pods.observed()).containsExactly(span(1, 10), span(41, 101));
        assertThat(pods.gaps()).containsExactly(gap(10, 20, "expired", "410"));
        assertThat(pods.caughtUp()).containsExactly(gap(20, 41, "unclean-start", "410"));
    }

    @Test
    void a_crash_after_another_instances_late_stop_is_still_seen() {
        // Given
        log.say(EntryType.STARTUP, 0, null, body().put("instance", "b"));
        log.say(EntryType.WATCH_STARTED, 1, null, pods());
        log.say(EntryType.SHUTDOWN, 30, null, body().put("instance", "a"));
        log.say(EntryType.STARTUP, 60, null, body().put("instance", "c"));
        log.say(EntryType.WATCH_STARTED, 61, null, pods());
        // When
        Coverage.OfType pods = pods(1, 101, 101);
        // Then
        assertThat(pods.observed()).containsExactly(span(1, 30), span(61, 101));
        assertThat(pods.gaps()).containsExactly(gap(30, 61, "crash", "no shutdown was recorded"));
    }

    private static ObjectNode expired(long from, long to) {
        return gapEntry("expired", from, to);
    }

    private static ObjectNode gapEntry(String cause, long from, long to) {
        ObjectNode gap =
                body().put("from", second(from).toString())
                        .put("to", second(to).toString())
                        .put("cause", cause)
                        .put("detail", "410");
        gap.putArray("types").add(PODS);
        return gap;
    }

    @Test
    void before_the_log_began_nothing_can_be_known() {
        // Given
        log.say(EntryType.STARTUP, 0, null, body());
        log.say(EntryType.WATCH_STARTED, 10, null, pods());
        // When
        Coverage.OfType pods = pods(-80, 20, 20);
        // Then
        assertThat(pods.observed()).containsExactly(span(10, 20));
        assertThat(pods.gaps())
                .containsExactly(
                        gap(-80, 0, "before-log", "before this log began"),
                        new Coverage.Gap(span(0, 10), "not-yet-watched", null));
        assertThat(pods.share()).isEqualTo(0.1);
    }

    @Test
    void a_gap_entry_cuts_what_was_thought_to_be_watched() {
        // Given
        log.say(EntryType.WATCH_STARTED, 0, null, pods());
        log.say(EntryType.GAP, 31, null, expired(20, 30));
        // When
        Coverage.OfType pods = pods(0, 40, 40);
        // Then
        assertThat(pods.observed()).containsExactly(span(0, 20), span(30, 40));
        assertThat(pods.gaps()).containsExactly(gap(20, 30, "expired", "410"));
    }

    @Test
    void a_start_without_a_stop_ends_the_watch_at_the_last_sign_of_life() {
        // Given
        log.say(EntryType.STARTUP, 0, null, body());
        log.say(EntryType.WATCH_STARTED, 1, null, pods());
        log.heartbeats(1, 20);
        log.say(EntryType.STARTUP, 60, null, body());
        log.say(EntryType.WATCH_STARTED, 61, null, pods());
        // When
        Coverage.OfType pods = pods(1, 101, 101);
        // Then
        assertThat(pods.observed()).containsExactly(span(1, 20), span(61, 101));
        assertThat(pods.gaps()).containsExactly(gap(20, 61, "crash", "no shutdown was recorded"));
    }

    @Test
    void silence_longer_than_declared_is_a_gap() {
        // Given
        ObjectNode scope = body().put("silenceSeconds", 30);
        scope.putArray("watched").add(PODS);
        log.say(EntryType.SCOPE, 0, null, scope);
        log.say(EntryType.WATCH_STARTED, 0, null, pods());
        // When
        Coverage.OfType pods = pods(0, 100, 50);
        // Then
        assertThat(pods.observed()).containsExactly(span(0, 50));
        assertThat(pods.gaps()).containsExactly(gap(50, 100, "silence", "nothing was recorded"));
        assertThat(pods.share()).isEqualTo(0.5);
    }

    @Test
    void an_unavailable_type_is_not_watched_until_it_starts_again() {
        // Given
        log.say(EntryType.WATCH_UNAVAILABLE, 5, null, pods().put("reason", "forbidden"));
        log.say(EntryType.WATCH_STARTED, 10, null, pods());
        log.say(EntryType.WATCH_UNAVAILABLE, 15, null, pods().put("reason", "404"));
        // When
        Coverage.OfType pods = pods(0, 20, 20);
        // Then
        assertThat(pods.observed()).containsExactly(span(10, 15));
        assertThat(pods.gaps())
                .extracting(Coverage.Gap::cause)
                .isEqualTo(List.of("not-yet-watched", "unavailable"));
    }
}
