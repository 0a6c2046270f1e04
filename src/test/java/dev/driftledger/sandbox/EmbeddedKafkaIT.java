package dev.driftledger.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaIT {
    @TempDir Path folder;

    @Test
    void an_acknowledged_record_survives_a_killed_run() throws IOException {
        // Given
        KilledJvm.run("kafka", folder);

        // When
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder)) {

            // Then
            assertThat(values(kafka, "kept")).containsExactly("value");
        }
    }

    @Test
    void a_stopped_broker_comes_back_with_its_topics() {
        // Given
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder)) {
            String address = kafka.bootstrapServers();
            kafka.createTopics(List.of(new NewTopic("kept", 1, (short) 1)));

            // When
            kafka.stop();
            kafka.start();
            kafka.createTopics(List.of(new NewTopic("kept", 1, (short) 1)));

            // Then
            assertThat(kafka.bootstrapServers()).isEqualTo(address);
            assertThat(values(kafka, "kept")).isEmpty();
        }
    }

    private static List<String> values(EmbeddedKafka kafka, String topic) {
        Map<String, Object> config = Map.of("bootstrap.servers", kafka.bootstrapServers());
        TopicPartition partition = new TopicPartition(topic, 0);
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, -1L);
            consumer.seek(partition, 0);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofSeconds(1)).forEach(r -> values.add(r.value()));
            }
        }
        return values;
    }
}
