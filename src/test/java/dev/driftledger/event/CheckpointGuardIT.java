package dev.driftledger.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.driftledger.sandbox.EmbeddedKafka;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
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

    private static CheckpointGuard guard() {
        EventConfig config =
                new SmallRyeConfigBuilder()
                        .addDefaultInterceptors()
                        .withMapping(EventConfig.class)
                        .withConverters(
                                new org.eclipse.microprofile.config.spi.Converter<?>[] {
                                    new io.quarkus.runtime.configuration.DurationConverter()
                                })
                        .build()
                        .getConfigMapping(EventConfig.class);
        return new CheckpointGuard(Map.of("bootstrap.servers", kafka.bootstrapServers()), config);
    }
}
