package dev.driftledger.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.driftledger.model.IntakeRecord;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FreshnessTest {
    @Test
    void objects_that_went_are_forgotten_in_their_order() {
        // Given
        Shop shop = Shop.inSync();
        for (int i = 10; i < 30; i++) {
            String name = "c" + i;
            shop.seen(shop.live(name, "1", Shop.CI));
            shop.deleted(shop.live(name, "1", Shop.CI));
        }
        shop.pass(Duration.ofMinutes(11));
        IntakeRecord beat =
                new IntakeRecord.Heartbeat(MemoryLog.CLUSTER, shop.now(), new TreeMap<>(), 0);

        // When
        Decision decision =
                Recorder.decide(
                        shop.log().state(),
                        MemoryLog.delivery(beat, shop.now()),
                        shop.log().blobs());

        // Then
        List<String> forgotten =
                decision.changes().stream()
                        .filter(change -> change.part().equals(Part.TOMBSTONE.label()))
                        .map(StateChange::key)
                        .toList();
        assertThat(forgotten).hasSize(20).isSorted();
    }
}
