package dev.driftledger.cluster;

import static dev.driftledger.cluster.ScriptedServer.bookmark;
import static dev.driftledger.cluster.ScriptedServer.listEnd;
import static dev.driftledger.cluster.ScriptedServer.map;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.driftledger.model.IntakeRecord;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
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
        try (ClusterConnection connection = server.connect();
                ClusterWatch _ = WatchFixture.watch(connection, sink, WatchFixture.quick())) {
            sink.awaitObject("ConfigMap", "c");
        }

        // Then
        assertThat(sink.observed()).containsExactly("a@1", "b@6", "c@7");
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
        try (ClusterConnection connection = server.connect();
                ClusterWatch _ = WatchFixture.watch(connection, sink, WatchFixture.quick())) {
            sink.awaitOne(IntakeRecord.WatchStarted.class, s -> s.resourceVersion().equals("10"));
        }

        // Then
        assertThat(sink.observed())
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
        try (ClusterConnection connection = server.connect();
                ClusterWatch _ =
                        WatchFixture.watch(
                                connection,
                                sink,
                                settings(Duration.ofSeconds(2), Duration.ofHours(1)))) {
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
        try (ClusterConnection connection = server.connect();
                ClusterWatch _ = WatchFixture.watch(connection, sink, WatchFixture.quick())) {
            await().until(() -> sink.observed().contains("b@6"));
        }

        // Then
        assertThat(sink.observed()).containsExactly("a@1", "b@2", "b@6");
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
        try (ClusterConnection connection = server.connect();
                ClusterWatch _ = WatchFixture.watch(connection, sink, WatchFixture.quick())) {
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
        try (ClusterConnection connection = server.connect();
                ClusterWatch _ = WatchFixture.watch(connection, sink, WatchFixture.quick())) {
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
        try (ClusterConnection connection = server.connect();
                ClusterWatch _ =
                        WatchFixture.watch(
                                connection,
                                sink,
                                settings(Duration.ofSeconds(20), Duration.ofSeconds(1)))) {
            sink.awaitObject("ConfigMap", "lost");
            sink.awaitOne(IntakeRecord.WatchGap.class, _ -> true);
        }

        // Then
        assertThat(sink.of(IntakeRecord.WatchGap.class))
                .singleElement()
                .satisfies(g -> assertThat(g.cause()).isEqualTo("silent-watch"));
        assertThat(sink.observed()).containsExactly("a@1", "lost@7");
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
        try (ClusterConnection connection = server.connect();
                ClusterWatch watch = WatchFixture.watch(connection, sink, WatchFixture.quick())) {
            sink.awaitObject("ConfigMap", "end");
            await().until(() -> server.requests().size() > 1);
            assertThat(watch.resourceVersions()).containsEntry("/api/v1/configmaps", "9");
        }

        // Then
        assertThat(sink.observed()).containsExactly("a@1", "a@8", "end@9");
        assertThat(sink.of(IntakeRecord.ObjectDeleted.class)).isEmpty();
        assertThat(server.requests().get(1)).endsWith("resourceVersion=9");
    }
}
