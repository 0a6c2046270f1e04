package dev.driftledger.event;

import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/// Remembers the last checkpoint of every log outside PostgreSQL, so that a database restored from
/// an old backup cannot lead to a second signed history.
///
/// Compare-and-swap by Kafka's transactional fencing: [#takeOver] ends every earlier owner's right
/// to write, and only then reads what the last one wrote.
///
/// It reads whatever stands in the topic, committed or not. A reader of committed records sees
/// nothing behind the first open transaction of *any* log, so one that hangs would hide the newest
/// checkpoint of all others. After the take-over no transaction of this log is open: what stands
/// there was committed, or it was aborted and then never signed. To take an aborted one for
/// remembered errs on the safe side: the database held those entries when it was written, and
/// nothing is signed unless it still does.
///
/// It never makes the topic, and does not let the brokers make it with their defaults, which delete
/// what is old: the producer sends only once a reader has found the topic there.
@ApplicationScoped
public class CheckpointGuard {
    private static final Duration POLL = Duration.ofMillis(200);

    private final Map<String, Object> kafka;
    private final EventConfig config;
    private final Map<String, KafkaProducer<String, String>> owned = new ConcurrentHashMap<>();

    CheckpointGuard(
            @Identifier("default-kafka-broker") Map<String, Object> kafka, EventConfig config) {
        this.kafka = kafka;
        this.config = config;
    }

    /// Makes this instance the only writer for a log.
    ///
    /// @return the text of the last checkpoint remembered, three lines; null when there is none
    /// @throws AwayException when Kafka cannot be asked
    public @Nullable String takeOver(String origin) {
        release(origin);
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "driftledger-guard-" + origin);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, (int) config.timeout().toMillis());
        KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
        try {
            producer.initTransactions();
            owned.put(origin, producer);
            return newest().get(origin);
        } catch (KafkaException e) {
            owned.remove(origin);
            producer.close(Duration.ZERO);
            throw new AwayException("Kafka does not keep the checkpoint of " + origin, e);
        }
    }

    /// The names of all logs of which a checkpoint is remembered.
    ///
    /// @throws AwayException when Kafka cannot be asked
    public Set<String> origins() {
        try {
            return Set.copyOf(newest().keySet());
        } catch (KafkaException e) {
            throw new AwayException("Kafka does not tell which logs have checkpoints", e);
        }
    }

    /// Remembers a checkpoint before it is signed. After any failure only [#takeOver] goes on.
    ///
    /// @throws FencedException when another instance took over
    /// @throws AwayException when it is not known that Kafka took it
    public void remember(String origin, String checkpointText) {
        KafkaProducer<String, String> producer = owned.get(origin);
        if (producer == null) {
            throw new IllegalStateException("takeOver(" + origin + ") comes first");
        }
        try {
            commit(producer, origin, checkpointText);
        } catch (ProducerFencedException | InvalidProducerEpochException e) {
            release(origin);
            throw new FencedException(origin, e);
        } catch (KafkaException e) {
            // Whether it was written is unknown, and a producer in this state can do nothing more.
            release(origin);
            throw new AwayException("Kafka does not keep the checkpoint of " + origin, e);
        }
    }

    private void commit(
            KafkaProducer<String, String> producer, String origin, String checkpointText) {
        producer.beginTransaction();
        // A failed send fails the commit, which is what counts.
        Future<RecordMetadata> _ =
                producer.send(
                        new ProducerRecord<>(config.checkpointTopic(), origin, checkpointText));
        producer.commitTransaction();
    }

    /// Gives up the right to write for a log.
    public void release(String origin) {
        KafkaProducer<String, String> producer = owned.remove(origin);
        if (producer != null) {
            producer.close(Duration.ZERO);
        }
    }

    @PreDestroy
    void close() {
        List.copyOf(owned.keySet()).forEach(this::release);
    }

    /// The newest checkpoint of each log, by the log's name.
    private Map<String, String> newest() {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(config.checkpointTopic(), config.timeout()).stream()
                            .map(p -> new TopicPartition(p.topic(), p.partition()))
                            .toList();
            if (partitions.isEmpty()) {
                throw new UnknownTopicOrPartitionException(
                        "there is no topic " + config.checkpointTopic());
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            return read(consumer, partitions);
        }
    }

    /// Up to where every in-sync replica is, which is behind all that was ever acknowledged.
    private Map<String, String> read(
            KafkaConsumer<String, String> consumer, List<TopicPartition> partitions) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, config.timeout());
        Map<String, String> newest = new HashMap<>();
        long heardNanos = System.nanoTime();
        while (partitions.stream()
                .anyMatch(p -> consumer.position(p, config.timeout()) < ends.getOrDefault(p, 0L))) {
            ConsumerRecords<String, String> some = consumer.poll(POLL);
            if (!some.isEmpty()) {
                heardNanos = System.nanoTime();
            } else if (System.nanoTime() - heardNanos > config.timeout().toNanos()) {
                throw new TimeoutException("the checkpoint topic is not read to its end");
            }
            for (ConsumerRecord<String, String> record : some) {
                // One without a key is nobody's: we write none.
                if (record.key() != null) {
                    newest.put(record.key(), record.value());
                }
            }
        }
        return newest;
    }

    /// Kafka did not answer, or not well.
    public static final class AwayException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        AwayException(String what, Exception cause) {
            super(what + ": " + cause, cause);
        }
    }

    /// Another instance took the log over.
    public static final class FencedException extends RuntimeException {
        FencedException(String origin, Exception cause) {
            super("another instance signs " + origin + " now", cause);
        }
    }
}
