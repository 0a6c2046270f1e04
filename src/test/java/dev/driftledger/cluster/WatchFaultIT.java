package dev.driftledger.cluster;

import static dev.driftledger.cluster.ScriptedServer.bookmark;
import static dev.driftledger.cluster.ScriptedServer.listEnd;
import static dev.driftledger.cluster.ScriptedServer.map;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.driftledger.model.IntakeRecord;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a server, or the way to it, can do to a watch; each fault scripted over a real socket.
class WatchFaultIT {
    private final CollectedRecords sink = new CollectedRecords();
    private ScriptedServer server;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedServer();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private ClusterConnection connect() throws IOException, InterruptedException {
        Config config = new ConfigBuilder(Config.empty()).withMasterUrl(server.url()).build();
        return ClusterConnection.open("scripted", config);
    }

    private ClusterWatch watch(ClusterConnection connection, WatchSettings settings) {
        ClusterWatch watch =
                new ClusterWatch(connection, Known.nothing(), sink, WatchFixture.options(settings));
        watch.start();
        return watch;
    }

    private static WatchSettings settings(Duration deadAfter, Duration sweep) {
        WatchSettings.Times quick = WatchFixture.quick().times();
        return WatchFixture.quick()
                .withTimes(
                        new WatchSettings.Times(
                                quick.heartbeat(),
                                deadAfter,
                                quick.rediscovery(),
                                sweep,
                                quick.backoffMin(),
                                quick.backoffMax(),
                                quick.request()));
    }

    private List<String> observed() {
        return sink.of(IntakeRecord.ObjectObserved.class).stream()
                .map(o ->
                        o.object().at("/metadata/name").asText()
                                + "@"
                                + o.object().at("/metadata/resourceVersion").asText())
                .toList();
    }

    @Test
    void a_cut_in_mid_event_is_resumed_without_loss() throws Exception {
        // Given
        server.then(
                        a -> {
                            a.head(200, "");
                            a.event("ADDED", map("a", "u1", 1));
                            a.event("BOOKMARK", listEnd(5));
                            a.event("ADDED", map("b", "u2", 6));
                            a.write("{\"type\":\"ADDED\",\"object\":{\"kind\":\"Conf");
                        })
                .then(a -> {
                    a.head(200, "");
                    a.event("ADDED", map("c", "u3", 7));
                    a.hang();
                });

        // When
        try (ClusterConnection connection = connect();
                ClusterWatch _ = watch(connection, WatchFixture.quick())) {
            sink.awaitObject("ConfigMap", "c");
        }

        // Then
        assertThat(observed()).containsExactly("a@1", "b@6", "c@7");
        assertThat(server.requests().get(1)).endsWith("resourceVersion=6");
        assertThat(sink.of(IntakeRecord.WatchGap.class)).isEmpty();
        assertThat(sink.of(IntakeRecord.ObjectUnreadable.class)).isEmpty();
    }

    @Test
    void expiry_as_an_event_is_a_gap_and_an_exact_list() throws Exception {
        // Given
        server.then(
                        a -> {
                            a.head(200, "");
                            a.event("ADDED", map("same", "u1", 1));
                            a.event("ADDED", map("vanished", "u2", 2));
                            a.event("ADDED", map("recreated", "u3", 3));
                            a.event("BOOKMARK", listEnd(5));
                            a.event(
                                    "ERROR",
                                    "{\"kind\":\"Status\",\"code\":410,\"reason\":\"Expired\"}");
                        })
                .then(a -> {
                    a.head(200, "");
                    a.event("ADDED", map("same", "u1", 1));
                    a.event("ADDED", map("recreated", "u9", 9));
                    a.event("BOOKMARK", listEnd(10));
                    a.hang();
                });

        // When
        try (ClusterConnection connection = connect();
                ClusterWatch _ = watch(connection, WatchFixture.quick())) {
            sink.awaitOne(IntakeRecord.WatchStarted.class, s -> s.resourceVersion().equals("10"));
        }

        // Then
        assertThat(observed())
                .containsExactly("same@1", "vanished@2", "recreated@3", "recreated@9");
        assertThat(sink.of(IntakeRecord.ObjectDeleted.class))
                .extracting(d -> d.key().name() + d.uid())
                .containsExactly("recreatedu3", "vanishedu2");
        assertThat(sink.of(IntakeRecord.WatchGap.class))
                .singleElement()
                .satisfies(g -> assertThat(g.cause()).isEqualTo("expired"));
    }

    @Test
    void a_silent_connection_is_opened_anew_at_the_last_version() throws Exception {
        // Given
        server.then(
                        a -> {
                            a.head(200, "");
                            a.event("BOOKMARK", listEnd(5));
                            a.hang();
                        })
                .then(a -> {
                    a.head(200, "");
                    a.event("ADDED", map("late", "u1", 6));
                    a.hang();
                });

        // When
        try (ClusterConnection connection = connect();
                ClusterWatch _ =
                        watch(connection, settings(Duration.ofSeconds(2), Duration.ofHours(1)))) {
            sink.awaitObject("ConfigMap", "late");
        }

        // Then
        assertThat(server.requests().get(1)).endsWith("resourceVersion=5");
        assertThat(sink.of(IntakeRecord.WatchGap.class)).isEmpty();
    }

    @Test
    void refused_streamed_lists_fall_back_to_pages_and_a_lost_page_begins_anew() throws Exception {
        // Given
        String page =
                "{\"metadata\":{\"resourceVersion\":\"5\",\"continue\":\"%s\"},\"items\":[%s]}";
        server.then(a -> a.refuse(422, "Invalid", ""))
                .then(a -> {
                    a.head(200, "");
                    a.write(page.formatted("t", map("a", "u1", 1)));
                })
                .then(a -> a.refuse(410, "Expired", ""))
                .then(a -> {
                    a.head(200, "");
                    a.write(page.formatted("t", map("a", "u1", 1)));
                })
                .then(a -> {
                    a.head(200, "");
                    a.write(page.formatted("", map("b", "u2", 2)));
                })
                .then(a -> {
                    a.head(200, "");
                    a.event("MODIFIED", map("b", "u2", 6, ",\"data\":{\"x\":\"y\"}"));
                    a.hang();
                });

        // When
        try (ClusterConnection connection = connect();
                ClusterWatch _ = watch(connection, WatchFixture.quick())) {
            await().until(() -> observed().contains("b@6"));
        }

        // Then
        assertThat(observed()).containsExactly("a@1", "b@2", "b@6");
        assertThat(server.requests().get(2)).isEqualTo("?limit=500&continue=t");
        assertThat(
                        sink.of(
                                IntakeRecord.WatchStarted.class,
                                s -> s.resourceType().plural().equals("configmaps")))
                .singleElement()
                .satisfies(s -> assertThat(s.objectsCount()).isEqualTo(2));
        assertThat(sink.of(IntakeRecord.WatchGap.class)).isEmpty();
    }

    @Test
    void a_busy_server_is_given_the_time_that_it_asks_for() throws Exception {
        // Given
        server.then(a -> a.refuse(429, "TooManyRequests", "Retry-After: 1\r\n"))
                .then(a -> {
                    a.head(200, "");
                    a.event("BOOKMARK", listEnd(5));
                    a.hang();
                });
        Instant begun = Instant.now();

        // When
        try (ClusterConnection connection = connect();
                ClusterWatch _ = watch(connection, WatchFixture.quick())) {
            sink.awaitOne(IntakeRecord.WatchStarted.class, s -> s.resourceVersion().equals("5"));
        }

        // Then
        assertThat(Duration.between(begun, Instant.now())).isGreaterThan(Duration.ofSeconds(1));
        assertThat(sink.of(IntakeRecord.TypeUnavailable.class)).isEmpty();
    }

    @Test
    void a_forbidden_type_stops_only_itself_and_comes_back() throws Exception {
        // Given
        server.then(a -> a.refuse(403, "Forbidden", ""))
                .then(a -> a.refuse(403, "Forbidden", ""))
                .then(a -> {
                    a.head(200, "");
                    a.event("BOOKMARK", listEnd(5));
                    a.hang();
                });

        // When
        try (ClusterConnection connection = connect();
                ClusterWatch _ = watch(connection, WatchFixture.quick())) {
            sink.awaitOne(
                    IntakeRecord.WatchStarted.class,
                    s -> s.resourceType().plural().equals("configmaps"));
        }

        // Then
        assertThat(sink.of(IntakeRecord.TypeUnavailable.class))
                .singleElement()
                .satisfies(u -> assertThat(u.reason()).isEqualTo("forbidden"))
                .satisfies(u -> assertThat(u.resourceType().plural()).isEqualTo("configmaps"));
        assertThat(
                        sink.of(
                                IntakeRecord.WatchStarted.class,
                                s -> s.resourceType().plural().equals("secrets")))
                .hasSize(1);
    }

    @Test
    void poison_is_one_unreadable_object_and_the_watch_goes_on() throws Exception {
        // Given
        String deep = "[".repeat(5_000) + "]".repeat(5_000);
        String big = "x".repeat(1_400_000);
        WatchSettings small =
                new WatchSettings(
                        1_000_000,
                        16 << 20,
                        500,
                        8,
                        List.of(),
                        List.of(),
                        true,
                        WatchFixture.quick().times());
        server.then(a -> {
            a.head(200, "");
            a.event("BOOKMARK", listEnd(1));
            a.event("ADDED", map("lone", "u1", 2, ",\"data\":{\"x\":\"\\ud800\"}"));
            a.event("ADDED", map("deep", "u2", 3, ",\"spec\":" + deep));
            a.event("ADDED", map("big", "u3", 4, ",\"data\":{\"x\":\"" + big + "\"}"));
            a.event("ADDED", map("dup", "u4", 5, ",\"a\":1,\"a\":2"));
            a.write("no json at all\n");
            a.event("MODIFIED", map("lone", "u1", 6, ",\"data\":{\"x\":\"ok\"}"));
            a.event("DELETED", map("big", "u3", 7, ",\"data\":{\"x\":\"" + big + "\"}"));
            a.event("ADDED", map("last", "u5", 8));
            a.hang();
        });

        // When
        try (ClusterConnection connection = connect();
                ClusterWatch _ = watch(connection, small)) {
            sink.awaitObject("ConfigMap", "last");
        }

        // Then
        assertThat(sink.of(IntakeRecord.ObjectUnreadable.class))
                .extracting(u -> (u.key() == null ? "?" : u.key().name()) + ": " + u.reason())
                .satisfiesExactly(
                        r -> assertThat(r).startsWith("lone: holds an invalid UTF-16 surrogate"),
                        r -> assertThat(r).startsWith("deep: ").contains("nesting depth"),
                        r -> assertThat(r).startsWith("big: has 14").contains("object-bytes-max"),
                        r -> assertThat(r).startsWith("dup: ").contains("Duplicate"),
                        r -> assertThat(r).startsWith("?: is no JSON"));
        assertThat(observed()).containsExactly("lone@6", "last@8");
        assertThat(sink.of(IntakeRecord.ObjectDeleted.class))
                .singleElement()
                .satisfies(d -> assertThat(d.key().name()).isEqualTo("big"));
    }

    @Test
    void a_lost_event_is_found_by_the_sweep_and_recorded() throws Exception {
        // Given
        String list =
                "{\"metadata\":{\"resourceVersion\":\"9\"},\"items\":["
                        + map("a", "u1", 1)
                        + ","
                        + map("lost", "u2", 7)
                        + "]}";
        server.then(
                        a -> {
                            a.head(200, "");
                            a.event("ADDED", map("a", "u1", 1));
                            a.event("BOOKMARK", listEnd(5));
                            for (int i = 0; i < 30; i++) {
                                Thread.sleep(200);
                                a.event("BOOKMARK", bookmark(i < 15 ? 6 : 10 + i));
                            }
                            a.hang();
                        })
                .then(a -> {
                    a.head(200, "");
                    a.write(list);
                })
                .then(a -> {
                    a.head(200, "");
                    a.event("ADDED", map("a", "u1", 1));
                    a.event("ADDED", map("lost", "u2", 7));
                    a.event("BOOKMARK", listEnd(50));
                    a.hang();
                });

        // When
        try (ClusterConnection connection = connect();
                ClusterWatch _ =
                        watch(
                                connection,
                                settings(Duration.ofSeconds(20), Duration.ofSeconds(1)))) {
            sink.awaitObject("ConfigMap", "lost");
            sink.awaitOne(IntakeRecord.WatchGap.class, _ -> true);
        }

        // Then
        assertThat(sink.of(IntakeRecord.WatchGap.class))
                .singleElement()
                .satisfies(g -> assertThat(g.cause()).isEqualTo("silent-watch"));
        assertThat(observed()).containsExactly("a@1", "lost@7");
    }

    @Test
    void repeated_and_stale_events_change_nothing() throws Exception {
        // Given
        server.then(a -> {
            a.head(200, "");
            a.event("ADDED", map("a", "u1", 1));
            a.event("BOOKMARK", listEnd(5));
            a.event("MODIFIED", map("a", "u1", 8, ",\"data\":{\"x\":\"2\"}"));
            a.event("MODIFIED", map("a", "u1", 8, ",\"data\":{\"x\":\"2\"}"));
            a.event("MODIFIED", map("a", "u1", 7, ",\"data\":{\"x\":\"1\"}"));
            a.event("DELETED", map("a", "u0", 6));
            a.event("BOOKMARK", bookmark(4));
            a.event("ADDED", map("end", "u2", 9));
        });

        // When
        try (ClusterConnection connection = connect();
                ClusterWatch watch = watch(connection, WatchFixture.quick())) {
            sink.awaitObject("ConfigMap", "end");
            await().until(() -> server.requests().size() > 1);
            assertThat(watch.resourceVersions()).containsEntry("/api/v1/configmaps", "9");
        }

        // Then
        assertThat(observed()).containsExactly("a@1", "a@8", "end@9");
        assertThat(sink.of(IntakeRecord.ObjectDeleted.class)).isEmpty();
        assertThat(server.requests().get(1)).endsWith("resourceVersion=9");
    }

    @Test
    void a_sink_that_stands_still_stops_the_reading() throws Exception {
        // Given
        AtomicInteger taken = new AtomicInteger();
        String filler = ",\"data\":{\"x\":\"" + "x".repeat(100_000) + "\"}";
        AtomicInteger written = new AtomicInteger();
        server.then(a -> {
            a.head(200, "");
            for (int i = 0; i < 2_000; i++) {
                a.event("ADDED", map("m" + i, "u" + i, i + 1, filler));
                written.incrementAndGet();
            }
        });
        WatchSettings tight =
                new WatchSettings(
                        1 << 20,
                        1 << 20,
                        500,
                        8,
                        List.of(),
                        List.of(),
                        true,
                        WatchFixture.quick().times());

        // When
        try (ClusterConnection connection = connect()) {
            ClusterWatch watch =
                    new ClusterWatch(
                            connection,
                            Known.nothing(),
                            record -> {
                                if (record instanceof IntakeRecord.ObjectObserved) {
                                    taken.incrementAndGet();
                                    return new CompletableFuture<>();
                                }
                                return CompletableFuture.allOf();
                            },
                            WatchFixture.options(tight));
            watch.start();
            await().until(() -> taken.get() >= 10);
            await().during(Duration.ofSeconds(2))
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> taken.get() <= 11);
            long begun = System.nanoTime();
            watch.close();

            // Then
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .isLessThan(Duration.ofSeconds(10));
            assertThat(written.get()).isLessThan(2_000);
        }
    }
}
