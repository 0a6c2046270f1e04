package dev.driftledger.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.driftledger.sandbox.EmbeddedKafka;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointGuardIT {
    @TempDir static Path folder;
    private static EmbeddedKafka kafka;

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.start(folder);
        kafka.createTopics(
                List.of(
                        new NewTopic("driftledger.checkpoints", 1, (short) 1)
                                .configs(Map.of("cleanup.policy", "compact"))));
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void the_last_checkpoint_outlives_its_writer() {
        CheckpointGuard first = guard();
        assertThat(first.takeOver("log/a")).isNull();
        first.remember("log/a", "one");
        first.remember("log/a", "two");
        first.close();

        assertThat(guard().takeOver("log/a")).isEqualTo("two");
        assertThat(guard().takeOver("log/b")).isNull();
    }

    @Test
    void a_log_is_known_from_its_first_checkpoint_on_and_for_good() {
        CheckpointGuard first = guard();
        first.takeOver("log/f");
        assertThat(guard().origins()).doesNotContain("log/f");
        first.remember("log/f", "one");
        first.remember("log/f", "two");
        first.close();

        assertThat(guard().origins()).contains("log/f");
    }

    @Test
    void an_earlier_owner_cannot_write_any_more() {
        CheckpointGuard old = guard();
        old.takeOver("log/c");
        old.remember("log/c", "old");
        CheckpointGuard young = guard();

        assertThat(young.takeOver("log/c")).isEqualTo("old");
        young.remember("log/c", "young");

        assertThatThrownBy(() -> old.remember("log/c", "forked"))
                .isInstanceOf(CheckpointGuard.FencedException.class);
        assertThat(guard().takeOver("log/c")).isEqualTo("young");
    }

    @Test
    void another_logs_open_transaction_hides_nothing() {
        // Given
        try (KafkaProducer<String, String> hanging = hanging("log/other")) {
            CheckpointGuard first = guard();
            first.takeOver("log/d");
            first.remember("log/d", "one");
            first.remember("log/d", "two");
            first.close();

            // When
            String remembered = guard().takeOver("log/d");

            // Then
            assertThat(remembered).isEqualTo("two");
            hanging.abortTransaction();
        }
    }

    @Test
    void what_an_owner_may_have_remembered_counts_as_remembered() {
        // Given
        CheckpointGuard first = guard();
        first.takeOver("log/e");
        first.remember("log/e", "one");
        first.close();
        try (KafkaProducer<String, String> _ = hanging("log/e")) {

            // When
            String remembered = guard().takeOver("log/e");

            // Then
            assertThat(remembered).isEqualTo("unfinished");
        }
    }

    @Test
    void a_topic_that_is_not_there_is_not_made_with_the_brokers_defaults() throws Exception {
        // Given
        CheckpointGuard guard = guard("absent");

        // Then
        assertThatThrownBy(() -> guard.takeOver("log/g"))
                .isInstanceOf(CheckpointGuard.AwayException.class)
                .hasMessageContaining("there is no topic absent");
        assertThatThrownBy(guard::origins).isInstanceOf(CheckpointGuard.AwayException.class);
        assertThatThrownBy(() -> guard.remember("log/g", "one"))
                .isInstanceOf(IllegalStateException.class);
        Map<String, Object> settings = Map.of("bootstrap.servers", kafka.bootstrapServers());
        try (Admin admin = Admin.create(settings)) {
            assertThat(admin.listTopics().names().get()).doesNotContain("absent");
        }
    }

    /// A signer that stopped between writing and committing.
    private static KafkaProducer<String, String> hanging(String origin) {
        KafkaProducer<String, String> producer =
                new KafkaProducer<>(
                        Map.of(
                                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                kafka.bootstrapServers(),
                                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                                "driftledger-guard-" + origin),
                        new StringSerializer(),
                        new StringSerializer());
        producer.initTransactions();
        producer.beginTransaction();
        Future<RecordMetadata> _ =
                producer.send(
                        new ProducerRecord<>("driftledger.checkpoints", origin, "unfinished"));
        producer.flush();
        return producer;
    }

    private static CheckpointGuard guard() {
        return guard("driftledger.checkpoints");
    }

    private static CheckpointGuard guard(String topic) {
        EventConfig config =
                new SmallRyeConfigBuilder()
                        .addDefaultInterceptors()
                        .withMapping(EventConfig.class)
                        .withDefaultValue("driftledger.event.checkpoint-topic", topic)
                        .withConverters(
                                new org.eclipse.microprofile.config.spi.Converter<?>[] {
                                    new io.quarkus.runtime.configuration.DurationConverter()
                                })
                        .build()
                        .getConfigMapping(EventConfig.class);
        return new CheckpointGuard(Map.of("bootstrap.servers", kafka.bootstrapServers()), config);
    }
}
