package dev.driftledger.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.model.ClusterRef;
import dev.driftledger.model.IntakeRecord;
import dev.driftledger.model.Json;
import dev.driftledger.model.ResourceType;
import java.time.Instant;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class KafkaIntakeSinkTest {
    private static final ClusterRef CLUSTER = new ClusterRef("c-1", "test");
    private static final Instant AT = Instant.parse("2026-11-22T14:47:23.710Z");

    @Test
    void an_object_too_large_for_kafka_is_unreadable_by_name_and_stops_nothing() {
        ObjectNode object = Json.shared().createObjectNode();
        object.putObject("metadata").put("namespace", "shop").put("name", "huge");
        ResourceType secrets = new ResourceType("", "v1", "Secret", "secrets", true);
        IntakeRecord record =
                new IntakeRecord.ObjectObserved(CLUSTER, AT, secrets, object, "f", false);

        IntakeRecord instead = KafkaIntakeSink.tooLarge(record, new byte[100], 99);

        assertThat(instead)
                .isInstanceOfSatisfying(
                        IntakeRecord.ObjectUnreadable.class,
                        unreadable -> {
                            assertThat(String.valueOf(unreadable.key()))
                                    .contains("Secret", "shop", "huge");
                            assertThat(unreadable.sizeBytes()).isEqualTo(100);
                            assertThat(unreadable.reason()).contains("record-bytes-max");
                        });
    }

    @Test
    void anything_else_too_large_for_kafka_is_malformed_and_says_what_it_was() {
        IntakeRecord record = new IntakeRecord.Heartbeat(CLUSTER, AT, new TreeMap<>(), 1);

        IntakeRecord instead = KafkaIntakeSink.tooLarge(record, new byte[100], 99);

        assertThat(instead)
                .isInstanceOfSatisfying(
                        IntakeRecord.Malformed.class,
                        malformed -> assertThat(malformed.origin()).isEqualTo("Heartbeat"));
    }
}
