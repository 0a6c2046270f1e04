package dev.driftledger.store;

import static dev.driftledger.store.Logs.body;
import static dev.driftledger.store.StoreFixture.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.driftledger.ledger.EntryType;
import dev.driftledger.testkit.PostgresFixture;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class PublishCursorsIT {
    @Test
    void a_cursor_moves_on_for_the_one_who_read_it_last() {
        try (PostgresFixture postgres = PostgresFixture.start()) {
            // Given
            PublishCursors cursors = new PublishCursors(postgres.pool());
            // When
            boolean begun = await(cursors.advance("c1", "drift", 0, 5));
            boolean late = await(cursors.advance("c1", "drift", 0, 6));
            boolean moved = await(cursors.advance("c1", "drift", 5, 9));
            boolean stale = await(cursors.advance("c1", "drift", 5, 10));
            // Then
            assertThat(begun).isTrue();
            assertThat(late).isFalse();
            assertThat(moved).isTrue();
            assertThat(stale).isFalse();
            assertThatThrownBy(() -> cursors.advance("c1", "drift", 9, 9))
                    .hasMessageContaining("cannot go from 9 to 9");
        }
    }

    @Test
    void what_is_unread_begins_at_the_cursor_and_ends_with_the_log() {
        try (StoreFixture store = StoreFixture.start()) {
            // Given
            EntryReader reader = new EntryReader(store.postgres().pool());
            PublishCursors cursors = new PublishCursors(store.postgres().pool());
            Logs log = new Logs("c1");
            await(store.logs().load(log.cluster(), "example/c1"));
            log.finding(EntryType.FINDING_OPENED, 1, "f1", body());
            log.heartbeats(2, 2);
            log.finding(EntryType.FINDING_UPDATED, 3, "f1", body());
            log.finding(EntryType.FINDING_RESOLVED, 4, "f1", body());
            await(store.logs().append(log.batch(Map.of())));
            // When
            EntryReader.Unread all = unread(reader, "c1", 10);
            EntryReader.Unread two = unread(reader, "c1", 2);
            boolean moved = await(cursors.advance("c1", "drift", 0, 4));
            EntryReader.Unread rest = unread(reader, "c1", 10);
            EntryReader.Unread none = unread(reader, "c2", 10);
            // Then
            assertThat(moved).isTrue();
            assertThat(all.from()).isZero();
            assertThat(all.size()).isEqualTo(5);
            assertThat(all.entries()).extracting(Recorded::index).containsExactly(0L, 3L, 4L);
            assertThat(two.entries()).extracting(Recorded::index).containsExactly(0L, 3L);
            assertThat(rest.from()).isEqualTo(4);
            assertThat(rest.entries()).extracting(Recorded::index).containsExactly(4L);
            assertThat(none).isEqualTo(new EntryReader.Unread(0, 0, List.of()));
        }
    }

    private static EntryReader.Unread unread(EntryReader reader, String cluster, int countMax) {
        Set<EntryType> findings =
                Set.of(
                        EntryType.FINDING_OPENED,
                        EntryType.FINDING_UPDATED,
                        EntryType.FINDING_RESOLVED);
        return await(reader.unread(cluster, "drift", findings, countMax));
    }
}
