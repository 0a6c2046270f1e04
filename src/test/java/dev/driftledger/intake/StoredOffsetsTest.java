package dev.driftledger.intake;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StoredOffsetsTest {
    private static final int BATCH = 100;

    @Test
    void a_log_that_lacks_a_record_of_the_last_batch_is_read_for_again() {
        // Given: two logs share the partition, one is made up to 502, the other lacks 501
        StoredOffsets stored = new StoredOffsets(481, 503);

        // Then
        assertThat(stored.readFrom(503, BATCH)).isEqualTo(481);
    }

    @Test
    void a_log_that_nothing_came_for_costs_one_batch_and_no_more() {
        assertThat(new StoredOffsets(3, 503).readFrom(503, BATCH)).isEqualTo(403);
    }

    @Test
    void reading_never_goes_on_later_than_kafka_says() {
        assertThat(new StoredOffsets(503, 503).readFrom(40, BATCH)).isEqualTo(40);
    }

    @Test
    void a_restored_database_is_read_for_from_where_it_ends() {
        assertThat(new StoredOffsets(503, 503).readFrom(9_000, BATCH)).isEqualTo(503);
    }

    @Test
    void a_partition_without_logs_is_read_from_its_begin() {
        assertThat(StoredOffsets.NONE.readFrom(9_000, BATCH)).isZero();
    }

    @Test
    void records_are_lost_where_kafka_begins_behind_the_newest_that_is_stored() {
        StoredOffsets stored = new StoredOffsets(3, 503);

        assertThat(new IntakeListener.Backlog(504, 900, stored).hasLost()).isTrue();
        assertThat(new IntakeListener.Backlog(503, 900, stored).hasLost()).isFalse();
        assertThat(new IntakeListener.Backlog(0, 900, StoredOffsets.NONE).hasLost()).isFalse();
        assertThat(new IntakeListener.Backlog(9, 900, null).hasLost()).isFalse();
    }

    @Test
    void a_database_that_is_empty_lacks_what_kafka_does_not_begin_with() {
        assertThat(new IntakeListener.Backlog(9, 900, StoredOffsets.NONE).hasLost()).isTrue();
    }
}
