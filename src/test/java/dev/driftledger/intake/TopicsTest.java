package dev.driftledger.intake;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is said of topics and brokers that cannot be used.
final class TopicsTest {
    private static final Topics.Wanted INTAKE =
            new Topics.Wanted("intake", 6, (short) -1, Map.of("max.message.bytes", "8388608"));

    private static final Topics.Wanted CHECKPOINTS =
            new Topics.Wanted("checkpoints", 1, (short) -1, Map.of("cleanup.policy", "compact"));

    @Test
    void a_topic_that_takes_less_than_is_sent_is_refused_by_name_and_fix() {
        assertThatThrownBy(() -> Topics.requireRoom(INTAKE, "1048588"))
                .hasMessageContaining("topic intake takes messages of at most 1048588 bytes")
                .hasMessageContaining("set its max.message.bytes to 8388608");
    }

    @ParameterizedTest
    @ValueSource(strings = {"8388608", "9000000", "", "nobody says"})
    void a_topic_that_takes_as_much_or_does_not_say_is_used(String isBytes) {
        assertThatCode(() -> Topics.requireRoom(INTAKE, isBytes)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"delete", "compact,delete"})
    void a_topic_that_deletes_what_has_to_be_kept_is_refused_by_name_and_fix(String policy) {
        assertThatThrownBy(() -> Topics.requireKept(CHECKPOINTS, policy))
                .hasMessage(
                        "topic checkpoints has cleanup.policy "
                                + policy
                                + ", which deletes what has to be kept; set it to compact");
        assertThatCode(() -> Topics.requireKept(INTAKE, policy)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = "compact")
    void a_topic_that_keeps_or_does_not_say_is_used(@Nullable String policy) {
        assertThatCode(() -> Topics.requireKept(CHECKPOINTS, policy)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "no host:9092", ""})
    void an_address_that_is_none_is_refused_by_key(String servers) {
        assertThatThrownBy(() ->
                        Topics.ensure(
                                Map.of("bootstrap.servers", servers),
                                List.of(INTAKE),
                                true,
                                Duration.ofSeconds(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("kafka.bootstrap.servers");
    }
}
