package dev.driftledger.recorder;

import static dev.driftledger.recorder.Shop.body;
import static dev.driftledger.recorder.Shop.configMap;
import static dev.driftledger.recorder.Shop.findings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.ledger.Entry;
import dev.driftledger.ledger.EntryType;
import dev.driftledger.model.ClusterRef;
import dev.driftledger.model.Delivery;
import dev.driftledger.model.Digest;
import dev.driftledger.model.IntakeOrigin;
import dev.driftledger.model.IntakeRecord;
import dev.driftledger.model.RecorderConfig.AppliedBy.Kind;
import dev.driftledger.model.ResourceType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What the recorder says when something could not be read, watched or stored.
class RecorderTroubleTest {
    @Test
    void nothing_is_missing_before_its_type_is_watched() {
        // Given
        Shop shop = new Shop();
        shop.configured(Kind.HEAD, null);
        shop.scoped();

        // When
        List<Entry> before = shop.rendered("a", configMap("cart", "1"));
        List<Entry> after = shop.started(Shop.CONFIG_MAPS);

        // Then
        assertThat(findings(before)).isEmpty();
        assertThat(findings(after)).containsExactly("finding.opened missing");
    }

    @Test
    void a_type_that_cannot_be_watched_makes_its_resources_unknown() {
        // Given
        Shop shop = Shop.inSync();

        // When
        List<Entry> entries =
                shop.log()
                        .feed(
                                new IntakeRecord.TypeUnavailable(
                                        MemoryLog.CLUSTER,
                                        shop.now(),
                                        Shop.CONFIG_MAPS,
                                        "forbidden",
                                        "403"));

        // Then
        assertThat(findings(entries)).containsExactly("finding.opened unknown");
        assertThat(shop.snapshot()).containsExactly("unknown", "cart=unknown");
        assertThat(findings(shop.started(Shop.CONFIG_MAPS)))
                .containsExactly("finding.resolved unknown");
    }

    @Test
    void what_a_broken_file_held_is_unknown_and_not_gone() {
        // Given
        Shop shop = Shop.inSync();

        // When
        List<Entry> entries =
                shop.rendered(
                        "b",
                        List.of(new IntakeRecord.RenderProblem("cart.yaml", "tab in line 3")),
                        false);

        // Then
        assertThat(findings(entries))
                .containsExactly("finding.opened unknown", "finding.opened unknown");
        assertThat(shop.snapshot()).containsExactly("unknown", "cart=unknown");
    }

    @Test
    void an_unreadable_object_is_unknown_and_not_missing() {
        // Given
        Shop shop = Shop.empty();
        shop.log()
                .feed(
                        new IntakeRecord.ObjectUnreadable(
                                MemoryLog.CLUSTER,
                                shop.now(),
                                Shop.CONFIG_MAPS,
                                Shop.key(configMap("cart", "1")),
                                Digest.of(new byte[3]),
                                3,
                                "too deep"));

        // When
        List<Entry> entries = shop.rendered("a", configMap("cart", "1"));

        // Then
        assertThat(findings(entries)).containsExactly("finding.opened unknown");
        assertThat(findings(shop.seen(shop.live("cart", "1", Shop.CI))))
                .containsExactly("finding.resolved unknown");
    }

    @Test
    void a_poison_object_becomes_an_entry_and_stops_nothing() {
        // Given
        Shop shop = Shop.inSync();
        ObjectNode poison = shop.live("cart", "1", Shop.CI);
        ((ObjectNode) poison.get("data")).put("key", "\ud800");
        ObjectNode nameless = JsonNodeFactory.instance.objectNode();

        // When
        List<Entry> entries = shop.seen(poison);
        List<Entry> others = shop.seen(nameless);

        // Then
        assertThat(entries).extracting(Entry::type).contains(EntryType.OBJECT_UNREADABLE);
        assertThat(body(entries.getFirst()).path("reason").asText())
                .isEqualTo("a string has an unpaired surrogate");
        assertThat(shop.snapshot()).containsExactly("unknown", "cart=unknown");
        assertThat(others).extracting(Entry::type).containsExactly(EntryType.INTAKE_MALFORMED);
        assertThat(findings(shop.seen(shop.live("cart", "1", Shop.CI))))
                .containsExactly("finding.resolved unknown");
    }

    @Test
    void what_the_rules_fail_on_is_named_by_its_bytes_and_in_our_words() {
        // Given
        MemoryLog log = new MemoryLog();
        Instant at = new Shop().now();
        byte[] value = {1, 2, 3};
        ObjectNode wrong = JsonNodeFactory.instance.objectNode().put("a", "b");
        IntakeRecord record =
                new IntakeRecord.DesiredObject(
                        MemoryLog.CLUSTER, at, Digest.of(new byte[] {9}), wrong);
        Delivery delivery = new Delivery(record, at, new IntakeOrigin("intake/3/7", value));

        // When
        Decision decision = Recorder.decide(log.state(), delivery, log.blobs());

        // Then
        assertThat(decision.entries())
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.type()).isEqualTo(EntryType.INTAKE_MALFORMED);
                    assertThat(entry.digests()).containsEntry("record", Digest.of(value));
                    assertThat(body(entry).path("sizeBytes").asInt()).isEqualTo(3);
                    assertThat(body(entry).path("origin").asText()).isEqualTo("intake/3/7");
                    assertThat(body(entry).path("problem").asText())
                            .isEqualTo("desired object has not the digest that is said of it");
                });
    }

    @Test
    void who_loaded_the_state_is_not_in_what_is_written() {
        // Given
        ClusterRef known = new ClusterRef("c-1", "prod");
        ClusterRef nameless = new ClusterRef("c-1", "c-1");
        Instant at = new Shop().now();
        IntakeRecord started = new IntakeRecord.InstanceStarted(known, at, "a", "1");
        IntakeRecord malformed =
                new IntakeRecord.Malformed(
                        nameless, at, Digest.of(new byte[1]), 1, "unknown type", "intake/0/1");

        // When
        MemoryLog one = new MemoryLog(known);
        MemoryLog other = new MemoryLog(nameless);
        for (MemoryLog log : List.of(one, other)) {
            log.feed(malformed);
            log.feed(started);
            log.reload();
            log.feed(malformed);
        }

        // Then
        assertThat(one.leaves()).isEqualTo(other.leaves());
        assertThat(one.entries())
                .extracting(entry -> entry.cluster().name())
                .containsExactly("c-1", "prod", "prod");
    }

    @Test
    void a_store_that_is_away_ends_the_decision_and_changes_nothing() {
        // Given
        Shop shop = Shop.inSync();
        List<RecorderState.KnownObject> before = shop.log().state().knownObjects();
        IntakeRecord record =
                new IntakeRecord.ObjectObserved(
                        MemoryLog.CLUSTER,
                        shop.now(),
                        Shop.CONFIG_MAPS,
                        shop.live("cart", "2", "kubectl-edit"),
                        "f",
                        false);

        // Then
        assertThatThrownBy(() ->
                        Recorder.decide(
                                shop.log().state(),
                                MemoryLog.delivery(record, shop.now()),
                                _ -> {
                                    throw new BlobSource.UnavailableException(
                                            "away", new IllegalStateException());
                                }))
                .isInstanceOf(BlobSource.UnavailableException.class);
        assertThat(shop.log().state().knownObjects()).isEqualTo(before);
    }

    @Test
    void a_silence_longer_than_declared_is_explained_by_a_gap() {
        // Given
        Shop shop = Shop.inSync();
        shop.pass(Duration.ofMinutes(5));

        // When
        List<Entry> entries = shop.heartbeat();

        // Then
        assertThat(entries).extracting(Entry::type).startsWith(EntryType.GAP, EntryType.HEARTBEAT);
    }

    @Test
    void an_instance_that_did_not_say_that_it_stopped_leaves_a_gap() {
        // Given
        Shop shop = Shop.empty();
        IntakeRecord first =
                new IntakeRecord.InstanceStarted(MemoryLog.CLUSTER, shop.now(), "a", "1");
        IntakeRecord second =
                new IntakeRecord.InstanceStarted(MemoryLog.CLUSTER, shop.now(), "b", "1");
        IntakeRecord stopped =
                new IntakeRecord.InstanceStopped(MemoryLog.CLUSTER, shop.now(), "b", "sigterm");

        // Then
        assertThat(shop.log().feed(first))
                .extracting(Entry::type)
                .containsExactly(EntryType.STARTUP);
        assertThat(shop.log().feed(second))
                .extracting(Entry::type)
                .containsExactly(EntryType.GAP, EntryType.STARTUP);
        shop.log().feed(stopped);
        assertThat(shop.log().feed(first))
                .extracting(Entry::type)
                .containsExactly(EntryType.STARTUP);
    }

    @Test
    void recorded_time_never_decreases() {
        // Given
        Shop shop = Shop.inSync();

        // When
        List<Entry> entries =
                shop.log()
                        .feed(
                                new IntakeRecord.InstanceStarted(
                                        MemoryLog.CLUSTER, shop.now(), "a", "1"),
                                shop.now().minusSeconds(3600));

        // Then
        assertThat(entries.getLast().recordedAt()).isEqualTo(shop.now());
    }

    @Test
    void a_large_body_moves_to_a_blob() {
        // Given
        MemoryLog log = new MemoryLog();
        List<ResourceType> many = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            many.add(new ResourceType("example.com", "v1", "Kind" + i, "kinds" + i, true));
        }

        // When
        List<Entry> entries =
                log.feed(
                        new IntakeRecord.Scope(
                                MemoryLog.CLUSTER,
                                new Shop().now(),
                                many,
                                List.of(),
                                Duration.ofMinutes(2),
                                "v1.36.3"));

        // Then
        assertThat(entries.getFirst().bytes().length).isLessThan(2000);
        assertThat(body(entries.getFirst()).path("silenceSeconds").asInt()).isEqualTo(120);
        assertThat(
                        new String(
                                log.blob(entries.getFirst()),
                                java.nio.charset.StandardCharsets.UTF_8))
                .contains("kinds999");
    }

    @Test
    void wiped_field_owners_are_a_finding_as_long_as_the_object_lives() {
        // Given
        Shop shop = Shop.inSync();

        // When
        ObjectNode wiped = shop.live("cart", "1", Shop.CI);
        ((ObjectNode) wiped.get("metadata")).remove("managedFields");

        // Then
        assertThat(findings(shop.seen(wiped))).containsExactly("finding.opened ownership-erased");
        assertThat(findings(shop.deleted(wiped)))
                .containsExactly("finding.resolved ownership-erased", "finding.opened missing");
    }
}
