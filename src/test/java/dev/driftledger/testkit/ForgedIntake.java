package dev.driftledger.testkit;

import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// Writes to the intake topic what no Driftledger would.
public final class ForgedIntake {
    private static final String TOPIC = "driftledger.intake";

    private final String bootstrapServers;

    ForgedIntake(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    /// Writes one record and waits until Kafka has it.
    ///
    /// @return its place, `topic/partition/offset`
    public String send(String key, byte[] value) {
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(
                        Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
                        new StringSerializer(),
                        new ByteArraySerializer())) {
            RecordMetadata at = producer.send(new ProducerRecord<>(TOPIC, key, value)).get();
            return at.topic() + "/" + at.partition() + "/" + at.offset();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot write to the intake", e);
        }
    }

    /// How many partitions the intake has.
    public int partitionsCount() {
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(
                        Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
                        new StringSerializer(),
                        new ByteArraySerializer())) {
            return producer.partitionsFor(TOPIC).size();
        }
    }
}
