package dev.driftledger.testkit;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.StringDeserializer;

/// Reads topics from their beginning, as any consumer could.
public final class TopicReading {
    private static final String DRIFT = "driftledger.drift";
    private static final String INTAKE = "driftledger.intake";

    private final String bootstrapServers;

    TopicReading(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    /// One drift event.
    ///
    /// @param id of the CloudEvent
    /// @param sequence the entry's index in the log
    public record Event(String key, String id, long sequence, String value) {}

    /// All drift events that the topic holds now, in order per key.
    public List<Event> drift() {
        List<Event> events = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer = consumer()) {
            List<TopicPartition> partitions = partitions(consumer, DRIFT);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream()
                    .anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofSeconds(1))) {
                    events.add(event(record));
                }
            }
        }
        return events;
    }

    /// How many records the intake has taken so far.
    public long intakeCount() {
        try (KafkaConsumer<String, String> consumer = consumer()) {
            return consumer.endOffsets(partitions(consumer, INTAKE)).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        }
    }

    private static Event event(ConsumerRecord<String, String> record) {
        return new Event(
                record.key(),
                header(record, "ce_id"),
                Long.parseLong(header(record, "ce_sequence")),
                record.value());
    }

    private static String header(ConsumerRecord<String, String> record, String name) {
        Header header = record.headers().lastHeader(name);
        if (header == null) {
            throw new AssertionError("event without " + name + " at " + record.offset());
        }
        return new String(header.value(), StandardCharsets.UTF_8);
    }

    private static List<TopicPartition> partitions(
            KafkaConsumer<String, String> consumer, String topic) {
        return consumer.partitionsFor(topic).stream()
                .map(p -> new TopicPartition(p.topic(), p.partition()))
                .toList();
    }

    private KafkaConsumer<String, String> consumer() {
        return new KafkaConsumer<>(
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
                new StringDeserializer(),
                new StringDeserializer());
    }
}
