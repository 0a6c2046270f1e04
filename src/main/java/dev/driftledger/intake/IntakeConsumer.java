package dev.driftledger.intake;

import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jspecify.annotations.Nullable;

/// Reads the intake topic in batches and tells the listener which partitions are ours.
///
/// Offsets are committed to Kafka after the listener stored a batch, but the truth is the offset in
/// the log's own transaction: what is delivered again is recognised there.
@ApplicationScoped
@Identifier("intake")
public class IntakeConsumer implements KafkaConsumerRebalanceListener {
    private final IntakeListener listener;
    private volatile int partitionsCount = 1;

    IntakeConsumer(IntakeListener listener) {
        this.listener = listener;
    }

    /// One batch of the topic.
    @Incoming("intake-in")
    @Blocking
    void consume(ConsumerRecords<String, byte[]> batch) {
        List<Received> records = new ArrayList<>(batch.count());
        for (ConsumerRecord<String, byte[]> record : batch) {
            records.add(received(record));
        }
        listener.received(records);
    }

    private Received received(ConsumerRecord<String, byte[]> record) {
        IntakeCodec.Envelope envelope =
                new IntakeCodec.Envelope(
                        record.topic(),
                        record.partition(),
                        partitionsCount,
                        record.offset(),
                        record.key(),
                        Instant.ofEpochMilli(record.timestamp()));
        return new Received(
                record.partition(), record.offset(), IntakeCodec.decode(envelope, record.value()));
    }

    @Override
    public void onPartitionsAssigned(
            Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            partitionsCount = consumer.partitionsFor(partition.topic()).size();
        }
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        Map<Integer, IntakeListener.Backlog> backlogs = new HashMap<>();
        for (TopicPartition partition : partitions) {
            Long stored = listener.storedUpTo(partition.partition());
            long begin = begins.getOrDefault(partition, 0L);
            long end = ends.getOrDefault(partition, begin);
            goBackTo(stored, begin, consumer, partition);
            backlogs.put(
                    partition.partition(),
                    new IntakeListener.Backlog(consumer.position(partition), end, stored));
        }
        listener.assigned(backlogs, partitionsCount);
    }

    /// Reads again what Kafka believes was read, but no log has: only what is still there, because
    /// a backlog that can never arrive would be waited for.
    private static void goBackTo(
            @Nullable Long stored, long begin, Consumer<?, ?> consumer, TopicPartition partition) {
        if (stored != null && stored < consumer.position(partition)) {
            consumer.seek(partition, Math.max(stored, begin));
        }
    }

    @Override
    public void onPartitionsRevoked(
            Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        listener.revoked(numbers(partitions));
    }

    @Override
    public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        listener.revoked(numbers(partitions));
    }

    private static Set<Integer> numbers(Collection<TopicPartition> partitions) {
        return partitions.stream().map(TopicPartition::partition).collect(Collectors.toSet());
    }
}
