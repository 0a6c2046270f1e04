package dev.driftledger.store;

import static dev.driftledger.store.Logs.body;
import static dev.driftledger.store.Logs.deployment;
import static dev.driftledger.store.Logs.second;
import static dev.driftledger.store.StoreFixture.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.driftledger.ledger.EntryType;
import dev.driftledger.model.ApplicationId;
import dev.driftledger.model.ResourceKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class QueriesIT {
    private static final ResourceKey CART = new ResourceKey("apps", "Deployment", "shop", "cart");

    private StoreFixture store;

    @BeforeEach
    void start() {
        store = StoreFixture.start();
    }

    @AfterEach
    void stop() {
        store.close();
    }

    private Logs log(String uid) {
        Logs log = new Logs(uid);
        await(store.logs().load(log.cluster(), "test/" + uid));
        return log;
    }

    private void append(Logs log) {
        assertThat(await(store.logs().append(log.batch(Map.of()))))
                .isInstanceOf(AppendOutcome.Appended.class);
    }

    private static Logs snapshot(Logs log, long second, String name, String verdict) {
        return log.say(
                EntryType.SNAPSHOT,
                second,
                null,
                body().put("application", "none:shop:" + name)
                        .put("verdict", verdict)
                        .put("namespace", "shop")
                        .put("reconciler", "none"));
    }

    private static List<Long> indexes(Page<Recorded> page) {
        return page.items().stream().map(Recorded::index).toList();
    }

    @Test
    void an_application_is_what_its_last_snapshot_by_then_says() {
        // Given
        Logs log = log("c1");
        snapshot(log, 1, "cart", "in-sync");
        snapshot(log, 2, "web", "in-sync");
        append(log);
        snapshot(log, 3, "cart", "drifted");
        append(log);
        // When
        Page<Recorded> now =
                await(store.queries().applications(ApplicationFilter.ANY, null, PageRequest.FIRST));
        Page<Recorded> then =
                await(
                        store.queries()
                                .applications(ApplicationFilter.ANY, second(1), PageRequest.FIRST));
        Page<Recorded> drifted =
                await(
                        store.queries()
                                .applications(
                                        new ApplicationFilter("c1", "drifted", "shop", "none"),
                                        null,
                                        PageRequest.FIRST));
        Page<Recorded> before =
                await(
                        store.queries()
                                .applications(ApplicationFilter.ANY, second(0), PageRequest.FIRST));
        // Then
        assertThat(indexes(now)).containsExactly(2L, 1L);
        assertThat(now.asOf()).isEqualTo(3);
        assertThat(now.totalSize()).isEqualTo(2);
        assertThat(now.next()).isNull();
        assertThat(indexes(then)).containsExactly(0L);
        assertThat(then.asOf()).isEqualTo(1);
        assertThat(indexes(drifted)).containsExactly(2L);
        assertThat(before.items()).isEmpty();
        ApplicationId cart = new ApplicationId("none", "shop", "cart");
        assertThat(await(store.queries().application("c1", cart, second(2))))
                .hasValueSatisfying(found -> assertThat(found.index()).isZero());
        assertThat(await(store.queries().application("c1", cart, second(0)))).isEmpty();
        assertThat(
                        indexes(
                                await(
                                        store.queries()
                                                .applicationHistory(
                                                        "c1", cart, null, PageRequest.FIRST))))
                .containsExactly(2L, 0L);
    }

    @Test
    void a_finding_is_what_its_last_version_by_then_says() {
        // Given
        Logs log = log("c1");
        log.finding(EntryType.FINDING_OPENED, 10, "f1", body());
        log.finding(EntryType.FINDING_OPENED, 20, "f2", body());
        log.finding(EntryType.FINDING_RESOLVED, 30, "f1", body());
        append(log);
        FindingFilter open =
                new FindingFilter(
                        "open",
                        new ApplicationId("none", "shop", "cart"),
                        "shop",
                        "Deployment",
                        "human",
                        "changed",
                        "c1",
                        null,
                        null);
        // When
        Page<Recorded> now = await(store.queries().findings(open, null, PageRequest.FIRST));
        Page<Recorded> then = await(store.queries().findings(open, second(29), PageRequest.FIRST));
        // Then
        assertThat(indexes(now)).containsExactly(1L);
        assertThat(indexes(then)).containsExactly(1L, 0L);
        assertThat(indexes(await(store.queries().finding(null, "f1", null, PageRequest.FIRST))))
                .containsExactly(2L, 0L);
        FindingFilter since =
                new FindingFilter(null, null, null, null, null, null, null, second(31), null);
        assertThat(indexes(await(store.queries().findings(since, null, PageRequest.FIRST))))
                .containsExactly(1L);
        FindingFilter until =
                new FindingFilter(null, null, null, null, null, null, null, null, second(-1));
        assertThat(await(store.queries().findings(until, null, PageRequest.FIRST)).items())
                .isEmpty();
    }

    @Test
    void a_resource_has_a_history_and_a_state_at_every_moment() {
        // Given
        Logs log = log("c1");
        log.say(EntryType.OBJECT_OBSERVED, 1, deployment("cart"), body());
        log.say(EntryType.OBJECT_OBSERVED, 1, deployment("other"), body());
        log.finding(EntryType.FINDING_OPENED, 2, "f1", body());
        append(log);
        log.say(EntryType.OBJECT_DELETED, 3, deployment("cart"), body());
        append(log);
        // When
        Page<Recorded> history =
                await(store.queries().resourceHistory("c1", CART, null, PageRequest.FIRST));
        // Then
        assertThat(indexes(history)).containsExactly(3L, 2L, 0L);
        assertThat(await(store.queries().resourceAt("c1", CART, second(2))).orElseThrow().index())
                .isZero();
        assertThat(await(store.queries().resourceAt("c1", CART, null)).orElseThrow().index())
                .isEqualTo(3);
        assertThat(await(store.queries().resourceAt("c2", CART, null))).isEmpty();
    }

    @Test
    void a_list_stays_as_it_was_while_logs_grow() {
        // Given
        Logs first = log("c1");
        Logs second = log("c2");
        for (int i = 0; i < 25; i++) {
            snapshot(first, i, "app-%02d".formatted(i), "in-sync");
            snapshot(second, i, "app-%02d".formatted(i), "in-sync");
        }
        append(first);
        append(second);
        Page<Recorded> whole =
                await(
                        store.queries()
                                .applications(
                                        ApplicationFilter.ANY, null, new PageRequest(100, null)));
        // When
        List<Recorded> paged = new ArrayList<>();
        Page<Recorded> page =
                await(
                        store.queries()
                                .applications(
                                        ApplicationFilter.ANY, null, new PageRequest(7, null)));
        paged.addAll(page.items());
        for (int round = 0; page.next() != null; round++) {
            append(snapshot(first, 100 + round, "app-%02d".formatted(round), "drifted"));
            append(snapshot(log("new-" + round), 0, "app-00", "drifted"));
            page =
                    await(
                            store.queries()
                                    .applications(
                                            ApplicationFilter.ANY,
                                            null,
                                            new PageRequest(7, page.next())));
            paged.addAll(page.items());
            assertThat(page.asOf()).isEqualTo(50);
            assertThat(page.totalSize()).isEqualTo(50);
        }
        // Then
        assertThat(paged).isEqualTo(whole.items()).hasSize(50);
    }

    @Test
    void entries_are_paged_by_type_newest_first() {
        // Given
        Logs log = log("c1");
        for (int i = 0; i < 10; i++) {
            log.heartbeats(1, i).say(EntryType.GAP, i, null, body());
        }
        append(log);
        // When
        Page<Recorded> page =
                await(
                        store.queries()
                                .entries(
                                        "c1",
                                        List.of(EntryType.GAP),
                                        second(8),
                                        new PageRequest(4, null)));
        Page<Recorded> next =
                await(
                        store.queries()
                                .entries(
                                        "c1",
                                        List.of(EntryType.GAP),
                                        second(8),
                                        new PageRequest(4, page.next())));
        // Then
        assertThat(indexes(page)).containsExactly(17L, 15L, 13L, 11L);
        assertThat(indexes(next)).containsExactly(9L, 7L, 5L, 3L);
        assertThat(page.totalSize()).isEqualTo(9);
        assertThat(
                        indexes(
                                await(
                                        store.queries()
                                                .entries(
                                                        "c1",
                                                        List.of(),
                                                        null,
                                                        new PageRequest(2, null)))))
                .containsExactly(19L, 18L);
        assertThat(await(store.queries().entries("c1", 18, 25))).hasSize(2);
        assertThat(await(store.queries().entry("c1", 19)).orElseThrow().entry().type())
                .isEqualTo(EntryType.GAP);
        assertThat(await(store.queries().entry("c1", 20))).isEmpty();
    }

    @Test
    void a_page_token_fits_its_own_question_only() {
        // Given
        Logs log = log("c1");
        for (int i = 0; i < 5; i++) {
            snapshot(log, i, "app-" + i, "in-sync");
        }
        append(log);
        Page<Recorded> page =
                await(
                        store.queries()
                                .applications(
                                        ApplicationFilter.ANY, null, new PageRequest(2, null)));
        PageRequest next = new PageRequest(2, page.next());
        ApplicationFilter other = new ApplicationFilter("c1", null, null, null);
        // When / Then
        assertThatThrownBy(() -> await(store.queries().applications(other, null, next)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("another question");
        assertThatThrownBy(() ->
                        await(store.queries().applications(ApplicationFilter.ANY, second(3), next)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_moment_within_a_batch_cuts_the_batch() {
        // Given
        Logs log = log("c1");
        for (int i = 0; i < 100; i++) {
            log.heartbeats(1, i / 2);
        }
        append(log);
        append(log.heartbeats(5, 60));
        append(log.heartbeats(5, 60));
        // When / Then
        assertThat(asOf(-1)).isZero();
        assertThat(asOf(0)).isEqualTo(2);
        assertThat(asOf(10)).isEqualTo(22);
        assertThat(asOf(59)).isEqualTo(100);
        assertThat(asOf(60)).isEqualTo(110);
    }

    private long asOf(long seconds) {
        return await(store.queries().entries("c1", List.of(), second(seconds), PageRequest.FIRST))
                .asOf();
    }

    @Test
    void logs_tell_their_heads_and_checkpoints() {
        // Given
        Logs log = log("c1");
        append(log.heartbeats(3, 5));
        for (long size = 1; size <= 3; size++) {
            await(
                    store.logs()
                            .saveCheckpoint(
                                    "c1",
                                    new StoredCheckpoint(
                                            size,
                                            log.frontier().root(),
                                            "n" + size,
                                            second(size))));
        }
        log("c2");
        // When
        List<LogSummary> logs = await(store.queries().logs());
        Page<StoredCheckpoint> page =
                await(store.queries().checkpoints("c1", null, new PageRequest(2, null)));
        Page<StoredCheckpoint> rest =
                await(store.queries().checkpoints("c1", null, new PageRequest(2, page.next())));
        // Then
        assertThat(logs).hasSize(2);
        assertThat(logs.getFirst().size()).isEqualTo(3);
        assertThat(logs.getFirst().recordedAt()).isEqualTo(second(5));
        assertThat(logs.getFirst().checkpoint())
                .isEqualTo(await(store.files().latestCheckpoint("c1")).orElseThrow());
        assertThat(logs.getLast().checkpoint()).isNull();
        assertThat(page.items()).extracting(StoredCheckpoint::size).containsExactly(3L, 2L);
        assertThat(rest.items()).extracting(StoredCheckpoint::size).containsExactly(1L);
        assertThat(rest.next()).isNull();
    }

    @Test
    void coverage_is_what_was_really_watched() {
        // Given
        Logs log = log("c1");
        String pods = "/api/v1/pods";
        log.say(EntryType.STARTUP, 0, null, body().put("instance", "a"));
        log.say(EntryType.WATCH_STARTED, 10, null, body().put("path", pods));
        log.heartbeats(2, 40);
        log.say(EntryType.SHUTDOWN, 50, null, body().put("reason", "asked to"));
        log.say(EntryType.STARTUP, 60, null, body().put("instance", "b"));
        log.say(EntryType.WATCH_STARTED, 70, null, body().put("path", pods));
        log.heartbeats(1, 95);
        append(log);
        // When
        Coverage coverage = await(store.queries().coverage("c1", second(0), second(100)));
        // Then
        assertThat(coverage.heartbeats())
                .isEqualTo(new Coverage.Heartbeats(3, second(40), second(95)));
        assertThat(coverage.types())
                .containsExactly(
                        new Coverage.OfType(
                                pods,
                                List.of(span(10, 50), span(70, 100)),
                                List.of(),
                                List.of(
                                        new Coverage.Gap(span(0, 10), "not-yet-watched", null),
                                        new Coverage.Gap(span(50, 70), "shutdown", "asked to")),
                                0.7,
                                0));
    }

    private static Coverage.Span span(long from, long to) {
        return new Coverage.Span(second(from), second(to));
    }
}
