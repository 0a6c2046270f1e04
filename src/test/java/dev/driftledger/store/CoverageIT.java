package dev.driftledger.store;

import static dev.driftledger.store.Logs.second;
import static dev.driftledger.store.StoreFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.driftledger.ledger.Entry;
import dev.driftledger.ledger.Frontier;
import dev.driftledger.ledger.Hashing;
import dev.driftledger.ledger.Integration;
import dev.driftledger.model.ClusterRef;
import dev.driftledger.model.Delivery;
import dev.driftledger.model.Digest;
import dev.driftledger.model.IntakeOrigin;
import dev.driftledger.model.IntakeRecord;
import dev.driftledger.model.ResourceType;
import dev.driftledger.recorder.ContentBytes;
import dev.driftledger.recorder.Decision;
import dev.driftledger.recorder.Recorder;
import dev.driftledger.recorder.RecorderState;
import dev.driftledger.recorder.StateChange;
import dev.driftledger.testkit.PostgresFixture;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A cluster of so many types that the list of what is watched lies beside the log, as the recorder
/// writes it and PostgreSQL keeps it.
final class CoverageIT {
    private static final ClusterRef CLUSTER = new ClusterRef("c1", "lab");
    private static final int TYPES_COUNT = 400;
    private static final Duration SILENCE_MAX = Duration.ofHours(1);
    private static final List<ResourceType> TYPES =
            IntStream.range(0, TYPES_COUNT)
                    .mapToObj(number -> "widget" + (1000 + number))
                    .map(name ->
                            new ResourceType(
                                    name + ".operators.example.com", "v1", name, name + "s", true))
                    .toList();
    private static final ResourceType DROPPED = TYPES.getLast();

    private StoreFixture store;

    @BeforeEach
    void start() {
        store = StoreFixture.start();
        await(store.logs().load(CLUSTER, "test/c1"));
    }

    @AfterEach
    void stop() {
        store.close();
    }

    /// Every type is watched from second 10 on, and all but one from second 50 on.
    private static List<IntakeRecord> life() {
        List<IntakeRecord> life = new ArrayList<>();
        life.add(scope(0, TYPES));
        for (ResourceType type : TYPES) {
            life.add(new IntakeRecord.WatchStarted(CLUSTER, second(10), type, "7", 0, false));
        }
        life.add(scope(50, TYPES.subList(0, TYPES_COUNT - 1)));
        return life;
    }

    private static IntakeRecord scope(long second, List<ResourceType> watched) {
        return new IntakeRecord.Scope(
                CLUSTER, second(second), watched, List.of(), SILENCE_MAX, "v1.36.3");
    }

    /// Has the recorder decide, stores what it decided, and returns the scope entries.
    private List<Entry> record(List<IntakeRecord> records) {
        RecorderState state = RecorderState.of(CLUSTER, List.of());
        List<Leaf> leaves = new ArrayList<>();
        SortedMap<Digest, Decision.Blob> blobs = new TreeMap<>();
        List<StateChange> changes = new ArrayList<>();
        for (IntakeRecord record : records) {
            IntakeOrigin origin = new IntakeOrigin("test/0/" + leaves.size(), new byte[0]);
            Delivery delivery = new Delivery(record, record.observedAt(), origin);
            Decision decision = Recorder.decide(state, delivery, _ -> null);
            decision.entries().forEach(entry -> leaves.add(leaf(entry)));
            blobs.putAll(decision.blobs());
            changes.addAll(decision.changes());
        }
        Integration integration =
                Integration.append(Frontier.EMPTY, leaves.stream().map(Leaf::hash).toList());
        Batch batch =
                new Batch(
                        CLUSTER,
                        0,
                        -1,
                        records.size(),
                        0,
                        leaves,
                        integration.completed(),
                        blobs,
                        changes);
        assertThat(await(store.logs().append(batch))).isInstanceOf(AppendOutcome.Appended.class);
        return leaves.stream()
                .map(Leaf::entry)
                .filter(entry -> entry.type().wireName().equals("scope"))
                .toList();
    }

    private static Leaf leaf(Entry entry) {
        byte[] bytes = entry.bytes();
        return new Leaf(entry, new ContentBytes(bytes), Hashing.leaf(bytes));
    }

    private Coverage coverage() {
        return await(store.queries().coverage("c1", second(10), second(60)));
    }

    private static Coverage.Span span(long from, long to) {
        return new Coverage.Span(second(from), second(to));
    }

    @Test
    void a_list_of_watched_types_too_long_for_its_entry_is_read_from_beside_the_log() {
        // Given
        List<Entry> scopes = record(life());
        assertThat(scopes)
                .hasSize(2)
                .allSatisfy(scope -> {
                    assertThat(scope.wholeBody()).isNotNull();
                    assertThat(Objects.requireNonNull(scope.body()).path("watched").isArray())
                            .isFalse();
                });
        // When
        Coverage coverage = coverage();
        // Then
        assertThat(coverage.types())
                .extracting(Coverage.OfType::path)
                .containsExactlyInAnyOrderElementsOf(
                        TYPES.stream().map(ResourceType::path).toList());
        assertThat(coverage.types())
                .filteredOn(type -> !type.path().equals(DROPPED.path()))
                .allSatisfy(type -> assertThat(type.gaps()).isEmpty());
        assertThat(coverage.types())
                .filteredOn(type -> type.path().equals(DROPPED.path()))
                .singleElement()
                .satisfies(type -> {
                    assertThat(type.observed()).containsExactly(span(10, 50));
                    assertThat(type.gaps())
                            .containsExactly(new Coverage.Gap(span(50, 60), "out-of-scope", null));
                });
    }

    @Test
    void a_list_that_PostgreSQL_lost_leaves_unknown_what_is_watched() throws SQLException {
        // Given
        Digest list = Objects.requireNonNull(record(life()).getLast().wholeBody());
        try (Connection owner = store.postgres().connect(PostgresFixture.OWNER);
                PreparedStatement lose =
                        owner.prepareStatement("DELETE FROM blob WHERE digest = ?")) {
            lose.setBytes(1, list.bytes());
            assertThat(lose.executeUpdate()).isOne();
        }
        // When
        Coverage coverage = coverage();
        // Then
        assertThat(coverage.types())
                .hasSize(TYPES_COUNT)
                .allSatisfy(type -> {
                    assertThat(type.observed()).containsExactly(span(10, 50));
                    assertThat(type.gaps())
                            .extracting(Coverage.Gap::cause)
                            .containsExactly("scope-unknown");
                });
    }
}
