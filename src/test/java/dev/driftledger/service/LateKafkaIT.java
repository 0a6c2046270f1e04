package dev.driftledger.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.driftledger.testkit.ServiceLab;
import dev.driftledger.testkit.ServiceProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A service that starts before its broker is there, or finds topics that it cannot use.
class LateKafkaIT {
    private static final String INTAKE = "driftledger.intake";
    private static final String CHECKPOINTS = "driftledger.checkpoints";
    private static final String MESSAGE_BYTES = "max.message.bytes";

    @TempDir static Path folder;
    private static ServiceLab lab;

    @BeforeAll
    static void begin() {
        lab = ServiceLab.start(folder);
    }

    @AfterAll
    static void end() {
        if (lab != null) {
            lab.close();
        }
    }

    @Test
    void a_service_that_comes_before_kafka_says_so_and_makes_the_topics_when_it_is_there()
            throws Exception {
        // Given
        lab.kafka().stop();
        ServiceProcess service = lab.prepare("early", Map.of());

        // When
        service.start();
        ServiceLab.await("health says that kafka is away")
                .until(() -> service.parts().getOrDefault("kafka", "").startsWith("down"));
        assertThat(service.isReady()).isFalse();
        lab.kafka().start();

        // Then
        lab.awaitWatching(service);
        ServiceLab.await("ready").until(service::isReady);
        assertThat(service.console()).contains("starting anyway, recording nothing until it does");
        assertThat(lab.forgedIntake().partitionsCount()).isEqualTo(6);
        assertThat(setting(INTAKE, MESSAGE_BYTES)).isEqualTo("8388608");
        assertThat(setting(CHECKPOINTS, "cleanup.policy")).isEqualTo("compact");
        service.stop();
    }

    @Test
    void a_topic_that_takes_too_small_messages_stops_the_start_with_key_and_fix() throws Exception {
        // Given
        NewTopic small = new NewTopic("small", Optional.of(6), Optional.empty());
        try (Admin admin = admin()) {
            admin.createTopics(List.of(small.configs(Map.of(MESSAGE_BYTES, "1048588"))))
                    .all()
                    .get();
        }
        ServiceProcess service = lab.prepare("small", Map.of("driftledger.intake.topic", "small"));

        // When
        service.start();

        // Then
        ServiceLab.await("the end of the start").until(() -> !service.isAlive());
        assertThat(service.console().strip().lines())
                .containsExactly(
                        "topic small takes messages of at most 1048588 bytes; set its"
                                + " max.message.bytes to 8388608"
                                + " (driftledger.intake.message-bytes-max) or more, or lower that"
                                + " key and driftledger.intake.record-bytes-max with it");
    }

    private static String setting(String topic, String name) throws Exception {
        ConfigResource asked = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try (Admin admin = admin()) {
            Config told =
                    admin.describeConfigs(List.of(asked)).all().get().values().iterator().next();
            return told.get(name).value();
        }
    }

    private static Admin admin() {
        return Admin.create(
                Map.of(
                        AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                        (Object) lab.kafka().bootstrapServers()));
    }
}
