package dev.driftledger.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.driftledger.intake.IntakeCodec;
import dev.driftledger.intake.Received;
import dev.driftledger.model.ClusterRef;
import dev.driftledger.model.Digest;
import dev.driftledger.model.IntakeRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KnownClustersTest {
    private static final Instant AT = Instant.parse("2026-11-22T14:47:23.710Z");
    private static final ClusterRef LOGGED = new ClusterRef("c-logged", "old");
    private static final ClusterRef CONFIGURED = new ClusterRef("c-configured", "new");

    private final MemoryStorage storage = new MemoryStorage();
    private final Set<String> remembered = new HashSet<>();
    private final KnownClusters known =
            new KnownClusters(
                    storage,
                    () -> Set.copyOf(remembered),
                    Settings.service(Map.of("driftledger.service.origin", "test/log")));

    @Test
    void a_key_of_no_known_cluster_is_nobodys_with_the_digest_of_its_bytes() {
        // Given
        storage.hasLogsOf(LOGGED);
        remembered.add("test/log/c-remembered");
        Received stranger = received("c-stranger");

        // When
        known.learn(List.of(stranger));
        Received assigned = known.assign(stranger);

        // Then
        assertThat(assigned.offset()).isEqualTo(stranger.offset());
        assertThat(assigned.record())
                .isEqualTo(
                        new IntakeRecord.Malformed(
                                IntakeCodec.unassigned(0),
                                AT,
                                Digest.of(bytes("c-stranger")),
                                bytes("c-stranger").length,
                                "its key is that of no cluster that is known here",
                                "intake/0/5"));
    }

    @Test
    void a_cluster_that_has_a_log_or_was_identified_is_known_by_its_name() {
        // Given
        storage.hasLogsOf(LOGGED);
        known.identified(CONFIGURED);
        Received logged = received(LOGGED.uid());
        Received configured = received(CONFIGURED.uid());

        // When
        known.learn(List.of(logged, configured));

        // Then
        assertThat(known.assign(logged)).isSameAs(logged);
        assertThat(known.assign(configured)).isSameAs(configured);
        assertThat(known.named(LOGGED.uid())).isEqualTo(LOGGED);
    }

    @Test
    void a_log_that_began_since_the_last_look_is_known() {
        // Given
        known.learn(List.of(received("c-stranger")));
        storage.hasLogsOf(LOGGED);
        Received logged = received(LOGGED.uid());

        // When
        known.learn(List.of(logged));

        // Then
        assertThat(known.assign(logged)).isSameAs(logged);
    }

    @Test
    void a_cluster_that_a_restored_database_lacks_is_known_by_its_checkpoint() {
        // Given
        remembered.add("test/log/c-remembered");
        remembered.add("other/log/c-stranger");
        Received lacking = received("c-remembered");
        Received stranger = received("c-stranger");

        // When
        known.learn(List.of(lacking, stranger));

        // Then
        assertThat(known.assign(lacking)).isSameAs(lacking);
        assertThat(known.assign(stranger)).isNotSameAs(stranger);
    }

    @Test
    void kafka_is_asked_once_a_hand_over() {
        // Given
        known.learn(List.of(received("c-stranger")));
        remembered.add("test/log/c-remembered");
        Received later = received("c-remembered");
        known.learn(List.of(later));
        assertThat(known.assign(later)).isNotSameAs(later);

        // When
        known.forget();
        known.learn(List.of(later));

        // Then
        assertThat(known.assign(later)).isSameAs(later);
    }

    @Test
    void a_hand_over_while_kafka_answers_has_it_asked_again() {
        // Given
        List<KnownClusters> asked = new ArrayList<>();
        KnownClusters known =
                new KnownClusters(
                        storage,
                        () -> {
                            Set<String> answer = Set.copyOf(remembered);
                            remembered.add("test/log/c-remembered");
                            asked.forEach(KnownClusters::forget);
                            return answer;
                        },
                        Settings.service(Map.of("driftledger.service.origin", "test/log")));
        asked.add(known);
        Received later = received("c-remembered");
        known.learn(List.of(later));

        // When
        known.learn(List.of(later));

        // Then
        assertThat(known.assign(later)).isSameAs(later);
    }

    @Test
    void only_the_partition_of_an_unknown_key_has_to_wait() {
        // Given
        known.identified(CONFIGURED);

        // Then
        assertThat(
                        known.unknownPartitions(
                                List.of(
                                        received(0, CONFIGURED.uid()),
                                        received(1, CONFIGURED.uid()),
                                        received(1, "c-stranger"))))
                .containsExactly(1);
    }

    private static Received received(String uid) {
        return received(0, uid);
    }

    private static Received received(int partition, String uid) {
        IntakeCodec.Envelope envelope = new IntakeCodec.Envelope("intake", 0, 1, 5, uid, AT);
        return new Received(partition, 5, IntakeCodec.decode(envelope, bytes(uid)));
    }

    private static byte[] bytes(String uid) {
        return IntakeCodec.encode(
                new IntakeRecord.InstanceStarted(new ClusterRef(uid, "any"), AT, "a", "1"));
    }
}
