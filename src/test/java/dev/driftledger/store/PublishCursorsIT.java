package dev.driftledger.store;

import static dev.driftledger.store.StoreFixture.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.driftledger.testkit.PostgresFixture;
import org.junit.jupiter.api.Test;

final class PublishCursorsIT {
    @Test
    void a_cursor_moves_on_for_the_one_who_read_it_last() {
        try (PostgresFixture postgres = PostgresFixture.start()) {
            // Given
            PublishCursors cursors = new PublishCursors(postgres.pool());
            assertThat(await(cursors.next("c1", "drift"))).isZero();
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
            assertThat(await(cursors.next("c1", "drift"))).isEqualTo(9);
            assertThat(await(cursors.next("c2", "drift"))).isZero();
            assertThatThrownBy(() -> cursors.advance("c1", "drift", 9, 9))
                    .hasMessageContaining("cannot go from 9 to 9");
        }
    }
}
