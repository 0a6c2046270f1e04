package dev.driftledger.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.driftledger.intake.IntakeCodec;
import dev.driftledger.intake.Received;
import dev.driftledger.ledger.Entry;
import dev.driftledger.ledger.EntryType;
import dev.driftledger.model.ClusterRef;
import dev.driftledger.model.IntakeRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClusterLedgerTest {
    private static final ClusterRef CLUSTER = new ClusterRef("c-1", "test");
    private static final Instant AT = Instant.parse("2026-11-22T14:47:23.710Z");

    private final MemoryStorage storage = new MemoryStorage();
    private final List<String> stopped = new ArrayList<>();
    private final ClusterLedger ledger = MemoryStorage.ledger(CLUSTER, storage, stopped);

    @Test
    void a_database_that_is_away_is_waited_for() {
        // Given
        storage.failNext(new StoreAwayException("appending", new IllegalStateException("away")));

        // When
        ledger.store(List.of(started(0)));

        // Then
        assertThat(storage.entries()).extracting(Entry::type).containsExactly(EntryType.STARTUP);
        assertThat(stopped).isEmpty();
    }

    @Test
    void a_database_that_refuses_stops_the_log_once_and_says_so() {
        // Given
        storage.failNext(new StoreRefusedException("appending", new IllegalStateException("no")));

        // When
        ledger.store(List.of(started(0)));
        ledger.store(List.of(started(1)));

        // Then
        assertThat(storage.appendsCount()).isEqualTo(1);
        assertThat(storage.entries()).isEmpty();
        assertThat(stopped).singleElement().asString().contains("appending", "no", "start again");
        assertThatThrownBy(() -> ledger.ask(state -> state))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("recording stopped");
    }

    @Test
    void a_failure_that_nobody_foresaw_stops_only_this_log() {
        // Given
        storage.failNext(new IllegalArgumentException("a defect"));

        // When
        ledger.store(List.of(started(0)));

        // Then
        assertThat(stopped).singleElement().asString().contains("a defect");
    }

    @Test
    void a_record_of_another_partition_stops_the_log_and_names_both() {
        // Given: the storage holds a log of partition 0
        ledger.store(List.of(started(7)));

        // When
        ledger.store(List.of(started(2, 1)));

        // Then
        assertThat(stopped).singleElement().asString().contains("partition 0", "partition 2");
        assertThat(storage.appendsCount()).isEqualTo(1);
    }

    @Test
    void a_database_that_was_replaced_by_an_older_copy_stops_the_log() {
        // Given
        ledger.store(List.of(started(3)));
        ledger.store(List.of(started(7)));
        List<Entry> before = List.copyOf(storage.entries());

        // When
        storage.goBackTo(3);
        storage.failNext(new StoreAwayException("appending", new IllegalStateException("away")));
        ledger.store(List.of(started(8)));

        // Then
        assertThat(stopped)
                .singleElement()
                .asString()
                .contains("up to intake offset 3", "up to 7", "start again");
        assertThat(storage.entries()).isEqualTo(before);
    }

    private static Received started(long offset) {
        return started(0, offset);
    }

    private static Received started(int partition, long offset) {
        byte[] bytes = IntakeCodec.encode(new IntakeRecord.InstanceStarted(CLUSTER, AT, "a", "1"));
        IntakeCodec.Envelope envelope =
                new IntakeCodec.Envelope("intake", partition, 1, offset, CLUSTER.uid(), AT);
        return new Received(partition, offset, IntakeCodec.decode(envelope, bytes));
    }
}
