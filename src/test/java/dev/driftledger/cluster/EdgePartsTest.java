package dev.driftledger.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.driftledger.model.ClusterRef;
import dev.driftledger.model.IntakeRecord;
import dev.driftledger.model.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class EdgePartsTest {
    private static final IntakeRecord RECORD =
            new IntakeRecord.InstanceStarted(new ClusterRef("u", "c"), Instant.EPOCH, "i", "v");

    @Test
    void versions_are_ordered_as_numbers_or_not_at_all() {
        assertThat(Versions.isOlder("9", "10")).isTrue();
        assertThat(Versions.isOlder("10", "10")).isFalse();
        assertThat(Versions.isOlder("99999999999999999999", "100000000000000000000")).isTrue();
        assertThat(Versions.isOlder("", "10")).isFalse();
        assertThat(Versions.isOlder("a", "b")).isFalse();
        assertThat(Versions.reaches("10", "10")).isTrue();
        assertThat(Versions.reaches("9", "10")).isFalse();
    }

    @Test
    void delays_double_up_to_the_most_with_jitter_in_the_upper_half() {
        Backoff backoff =
                new Backoff(Duration.ofMillis(100), Duration.ofMillis(1000), new Random(1));
        List<Long> delays = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            delays.add(backoff.next().toMillis());
        }
        long[] most = {100, 200, 400, 800, 1000, 1000};
        for (int i = 0; i < 6; i++) {
            assertThat(delays.get(i)).isBetween(most[i] / 2, most[i]);
        }
        backoff.succeeded();
        assertThat(backoff.next().toMillis()).isLessThanOrEqualTo(100);
    }

    @Test
    void after_one_refusal_nothing_more_is_sent() throws InterruptedException {
        // Given
        List<Throwable> failures = new ArrayList<>();
        CompletableFuture<Void> answer = new CompletableFuture<>();
        List<IntakeRecord> sent = new ArrayList<>();
        Outbox outbox =
                new Outbox(
                        r -> {
                            sent.add(r);
                            return answer;
                        },
                        1024 * 1024,
                        failures::add);
        outbox.send(RECORD);

        // When
        answer.completeExceptionally(new IOException("broker says no"));

        // Then
        assertThat(failures).hasSize(1);
        assertThatThrownBy(() -> outbox.send(RECORD)).isInstanceOf(CompletionException.class);
        assertThatThrownBy(outbox::settle).isInstanceOf(CompletionException.class);
        assertThat(sent).hasSize(1);
    }

    @Test
    void half_surrogates_are_found_and_pairs_are_not() {
        assertThat(lone("{\"a\":\"\\ud83d\\ude00\"}")).isFalse();
        assertThat(lone("{\"a\":\"\\ud83d\"}")).isTrue();
        assertThat(lone("{\"a\":\"\\uDE00\\uD83D\"}")).isTrue();
        assertThat(lone("{\"a\":\"\\\\ud83d\"}")).isFalse();
        assertThat(lone("{\"a\":\"😀 ퟿\"}")).isFalse();
        byte[] raw = {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'};
        assertThat(ObjectTree.holdsLoneSurrogate(raw, 0, raw.length)).isTrue();
    }

    private static boolean lone(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return ObjectTree.holdsLoneSurrogate(bytes, 0, bytes.length);
    }

    @Test
    void sums_of_equal_sets_are_equal_in_any_order() {
        ListSum one = new ListSum();
        ListSum other = new ListSum();
        one.add("a/b", "u", "1");
        one.add("a/c", "v", "2");
        other.add("a/c", "v", "2");
        other.add("a/b", "u", "1");
        assertThat(one.matches(other)).isTrue();
        other.add("a/d", "w", "3");
        assertThat(one.matches(other)).isFalse();
        one.add("a/d", "w", "4");
        assertThat(one.matches(other)).isFalse();
    }

    @Test
    void discovery_takes_the_first_version_that_serves_a_resource() throws IOException {
        // Given
        String list =
                """
                {"kind":"APIGroupDiscoveryList","items":[{"metadata":{"name":"g.io"},"versions":[
                {"version":"v1","freshness":"Current","resources":[
                 {"resource":"as","responseKind":{"kind":"A"},"scope":"Cluster",
                  "verbs":["list","watch"]},
                 {"resource":"reviews","responseKind":{"kind":"R"},"verbs":["create"]}]},
                {"version":"v1beta1","freshness":"Stale","resources":[
                 {"resource":"as","responseKind":{"kind":"A"},"scope":"Cluster",
                  "verbs":["list","watch"]},
                 {"resource":"bs","responseKind":{"kind":"B"},"scope":"Namespaced",
                  "verbs":["list","watch"]},
                 {"resource":"../x","responseKind":{"kind":"X"},"verbs":["list","watch"]},
                 {"resource":"cs","responseKind":{"kind":"C"},"verbs":["list"]},
                 {"resource":"ds","responseKind":{"kind":"D"},"verbs":["list","watch"]}]}]}]}\
                """;
        DiscoveryDocuments documents =
                new DiscoveryDocuments(new Exclusions(List.of("ds.g.io"), List.of()));

        // When
        documents.addAggregated(Json.parse(list.getBytes(StandardCharsets.UTF_8)));
        Discovery.Found found = documents.found();

        // Then
        assertThat(found.watched())
                .extracting(t -> t.path())
                .containsExactly("/apis/g.io/v1/as", "/apis/g.io/v1beta1/bs");
        assertThat(found.excluded())
                .extracting(e -> e.plural() + ": " + e.reason())
                .containsExactly(
                        "cs: cannot be watched",
                        "ds: excluded by driftledger.cluster.excluded-types");
        assertThat(found.staleGroups()).containsExactly("g.io");
    }

    @Test
    void wrong_settings_name_the_key_and_the_fix() {
        assertThatThrownBy(() ->
                        ClustersConfig.fromKubeconfig(
                                ClustersConfig.Named.under("driftledger.clusters.prod"),
                                Path.of("/no/such"),
                                null))
                .hasMessageContaining("driftledger.clusters.prod.kubeconfig names /no/such")
                .hasMessageContaining("set it to a kubeconfig");
        assertThatThrownBy(() ->
                        new WatchSettings(
                                5,
                                1 << 20,
                                1,
                                1,
                                List.of(),
                                List.of(),
                                true,
                                WatchSettings.defaults().times()))
                .hasMessage(
                        "driftledger.cluster.object-bytes-max is 5; set it between 1024 and"
                                + " 67108864");
    }
}
