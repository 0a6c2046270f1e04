package dev.driftledger.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.driftledger.intake.IntakeCodec;
import dev.driftledger.intake.Received;
import dev.driftledger.model.ClusterRef;
import dev.driftledger.model.Digest;
import dev.driftledger.model.IntakeRecord;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KnownClustersTest {
    private static final Instant AT = Instant.parse("2026-11-22T14:47:23.710Z");
    private static final ClusterRef LOGGED = new ClusterRef("c-logged", "old");
    private static final ClusterRef CONFIGURED = new ClusterRef("c-configured", "new");

    private final MemoryStorage storage = new MemoryStorage();

    private KnownClusters known(String wait) {
        return new KnownClusters(
                storage, Settings.service(Map.of("driftledger.service.identify-wait", wait)));
    }

    @Test
    void a_key_of_no_known_cluster_is_nobodys_with_the_digest_of_its_bytes() {
        // Given
        storage.hasLogsOf(LOGGED);
        KnownClusters known = known("0s");
        known.load();
        Received stranger = received("c-stranger");

        // When
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
        KnownClusters known = known("0s");
        known.load();
        known.identified(CONFIGURED);

        // Then
        Received logged = received(LOGGED.uid());
        Received configured = received(CONFIGURED.uid());
        assertThat(known.assign(logged)).isSameAs(logged);
        assertThat(known.assign(configured)).isSameAs(configured);
        assertThat(known.named(LOGGED.uid())).isEqualTo(LOGGED);
    }

    @Test
    void a_log_that_another_instance_began_is_known_after_a_hand_over() {
        // Given
        KnownClusters known = known("0s");
        known.load();
        storage.hasLogsOf(LOGGED);

        // When
        known.forget();
        known.load();

        // Then
        Received logged = received(LOGGED.uid());
        assertThat(known.assign(logged)).isSameAs(logged);
    }

    @Test
    void right_after_the_start_configured_clusters_are_waited_for() {
        // Given
        KnownClusters known = known("60s");
        known.expect(1);
        known.load();
        Received early = received(CONFIGURED.uid());

        // When
        Thread answer = Thread.ofVirtual().start(() -> known.identified(CONFIGURED));
        Received assigned = known.assign(early);

        // Then
        assertThat(assigned).isSameAs(early);
        assertThat(answer).isNotNull();
    }

    private static Received received(String uid) {
        IntakeCodec.Envelope envelope = new IntakeCodec.Envelope("intake", 0, 1, 5, uid, AT);
        return new Received(0, 5, IntakeCodec.decode(envelope, bytes(uid)));
    }

    private static byte[] bytes(String uid) {
        return IntakeCodec.encode(
                new IntakeRecord.InstanceStarted(new ClusterRef(uid, "any"), AT, "a", "1"));
    }
}
