package dev.driftledger.intake;

import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;
import io.smallrye.reactive.messaging.kafka.KafkaRecord;
import io.smallrye.reactive.messaging.kafka.KafkaRecordBatch;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Acknowledgment;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Reads the intake topic in batches and tells the listener which partitions are ours.
///
/// The invariant: Kafka is told that a record was read only after the logs have it, so going on
/// where Kafka says never skips one. It may be told late, or not at all when this process dies:
/// the truth is the offset in each log's own transaction, and what is delivered again is recognised
/// there. The database is asked only whether to go back further, because it was restored from a
/// copy that is older than what Kafka was told; see [StoredOffsets#readFrom].
@ApplicationScoped
@Identifier("intake")
public class IntakeConsumer implements KafkaConsumerRebalanceListener {
    private static final Logger LOG = Logger.getLogger(IntakeConsumer.class);

    private final IntakeListener listener;
    private final int batchCountMax;
    private volatile int partitionsCount = 1;

    /// @param batchCountMax how many records one batch has at most
    IntakeConsumer(
            IntakeListener listener,
            @ConfigProperty(name = "mp.messaging.incoming.intake-in.max.poll.records")
                    int batchCountMax) {
        this.listener = listener;
        this.batchCountMax = batchCountMax;
    }

    /// One batch of the topic. What was not dealt with, because its partition went or the service
    /// ends, is not acknowledged: whoever has the partition next reads it again.
    @Incoming("intake-in")
    @Blocking
    @Acknowledgment(Acknowledgment.Strategy.MANUAL)
    CompletionStage<Void> consume(KafkaRecordBatch<String, byte[]> batch) {
        List<Received> records = new ArrayList<>();
        for (KafkaRecord<String, byte[]> record : batch) {
            records.add(received(record));
        }
        Set<Integer> done = listener.received(records);
        CompletableFuture<?>[] acknowledged =
                batch.getLatestOffsetRecords().entrySet().stream()
                        .filter(last -> done.contains(last.getKey().partition()))
                        .map(last -> last.getValue().ack().toCompletableFuture())
                        .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(acknowledged);
    }

    private Received received(KafkaRecord<String, byte[]> record) {
        IncomingKafkaRecordMetadata<?, ?> place =
                record.getMetadata(IncomingKafkaRecordMetadata.class).orElseThrow();
        int partition = record.getPartition();
        long offset = place.getOffset();
        IntakeCodec.Envelope envelope =
                new IntakeCodec.Envelope(
                        record.getTopic(),
                        partition,
                        partitionsCount,
                        offset,
                        record.getKey(),
                        record.getTimestamp());
        return new Received(partition, offset, IntakeCodec.decode(envelope, record.getPayload()));
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
            StoredOffsets stored = listener.storedUpTo(partition.partition());
            long begin = begins.getOrDefault(partition, 0L);
            long end = ends.getOrDefault(partition, begin);
            long next = goBack(stored, begin, consumer, partition);
            backlogs.put(partition.partition(), new IntakeListener.Backlog(next, end, stored));
        }
        listener.assigned(backlogs, partitionsCount);
    }

    /// Reads again what Kafka believes was read, but a log may not have: only what is still there,
    /// because a backlog that can never arrive would be waited for.
    ///
    /// @return the offset of the first record that will be delivered
    private long goBack(
            @Nullable StoredOffsets stored,
            long begin,
            Consumer<?, ?> consumer,
            TopicPartition partition) {
        long position = consumer.position(partition);
        long wanted = stored == null ? position : stored.readFrom(position, batchCountMax);
        long next = Math.max(wanted, begin);
        if (next != position) {
            consumer.seek(partition, next);
        }
        boolean isBehind = stored != null && stored.end() > 0 && stored.end() < begin;
        if (position < begin || isBehind) {
            LOG.errorf(
                    "records of partition=%d before offset %d are gone and the logs may lack some:"
                            + " Kafka kept them for less time than recording was away; raise"
                            + " retention.ms of the topic (driftledger.intake.retention)",
                    partition.partition(), begin);
        }
        return next;
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
