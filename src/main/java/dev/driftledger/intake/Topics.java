package dev.driftledger.intake;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jspecify.annotations.Nullable;

/// Creates the topics that are missing, and leaves those that are there as they are.
public final class Topics {
    private final Admin admin;
    private final Duration timeout;

    private Topics(Admin admin, Duration timeout) {
        this.admin = admin;
        this.timeout = timeout;
    }

    /// One topic as it is to be.
    ///
    /// @param partitions 1 or more
    /// @param replication copies; -1 for the brokers' default
    /// @param settings Kafka topic settings, such as `cleanup.policy`
    public record Wanted(
            String name, int partitions, short replication, Map<String, String> settings) {}

    /// Asks Kafka for its topics and creates those that are missing.
    ///
    /// @param kafka client settings, `bootstrap.servers` among them
    /// @param create false to fail instead of creating
    /// @throws IllegalStateException naming what is wrong and the fix: a topic is missing and
    ///     `create` is false, or takes smaller messages than wanted, or deletes what it has to
    ///     keep, or Kafka refuses
    /// @throws TimeoutException when Kafka does not answer in time
    public static void ensure(
            Map<String, Object> kafka, List<Wanted> wanted, boolean create, Duration timeout)
            throws InterruptedException, TimeoutException {
        Admin admin = admin(kafka);
        try {
            new Topics(admin, timeout).ensure(wanted, create);
        } finally {
            // Closing without a limit waits for what Kafka has not answered, a minute in all.
            admin.close(Duration.ZERO);
        }
    }

    private static Admin admin(Map<String, Object> kafka) {
        try {
            return Admin.create(kafka);
        } catch (KafkaException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IllegalStateException(
                    "kafka.bootstrap.servers ("
                            + kafka.get("bootstrap.servers")
                            + ") or another of the settings kafka.* cannot be used, correct it: "
                            + cause.getMessage(),
                    e);
        }
    }

    private void ensure(List<Wanted> wanted, boolean create)
            throws InterruptedException, TimeoutException {
        Set<String> present = answer("kafka.bootstrap.servers", admin.listTopics().names());
        List<Wanted> kept = new ArrayList<>();
        for (Wanted topic : wanted) {
            if (present.contains(topic.name())) {
                kept.add(topic);
            } else if (create) {
                create(topic);
            } else {
                throw new IllegalStateException(
                        "topic "
                                + topic.name()
                                + " does not exist; create it with "
                                + topic.partitions()
                                + " partitions, or set "
                                + "driftledger.intake.create-topics=true");
            }
        }
        requireFit(kept);
    }

    private void create(Wanted topic) throws InterruptedException, TimeoutException {
        Optional<Short> replication =
                topic.replication() < 0 ? Optional.empty() : Optional.of(topic.replication());
        NewTopic created =
                new NewTopic(topic.name(), Optional.of(topic.partitions()), replication)
                        .configs(topic.settings());
        KafkaFuture<Void> done = admin.createTopics(List.of(created)).all();
        try {
            done.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw failure(
                        "topic "
                                + topic.name()
                                + ", which does not exist and cannot be created (see"
                                + " driftledger.intake.replication and"
                                + " driftledger.intake.create-topics),",
                        e);
            }
        }
    }

    /// A topic that is there may take smaller messages than are sent; those would be refused one
    /// by one, and stop what comes behind them. One that is to keep the last record of each key may
    /// delete it when it is old. Nothing is required where we may not look.
    private void requireFit(List<Wanted> present) throws InterruptedException, TimeoutException {
        List<ConfigResource> asked = present.stream().map(Topics::resource).toList();
        Map<ConfigResource, Config> told;
        try {
            told =
                    admin.describeConfigs((Collection<ConfigResource>) asked)
                            .all()
                            .get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException) {
                return;
            }
            throw failure("kafka.bootstrap.servers", e);
        }
        for (Wanted topic : present) {
            Config config = told.get(resource(topic));
            if (config != null) {
                requireRoom(topic, value(config, TopicConfig.MAX_MESSAGE_BYTES_CONFIG));
                requireKept(topic, value(config, TopicConfig.CLEANUP_POLICY_CONFIG));
            }
        }
    }

    private static ConfigResource resource(Wanted topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
    }

    private static @Nullable String value(Config config, String setting) {
        ConfigEntry entry = config.get(setting);
        return entry == null ? null : entry.value();
    }

    /// @param isPolicy what the topic has; null or empty where the brokers do not say
    static void requireKept(Wanted topic, @Nullable String isPolicy) {
        String compact = TopicConfig.CLEANUP_POLICY_COMPACT;
        if (compact.equals(topic.settings().get(TopicConfig.CLEANUP_POLICY_CONFIG))
                && isPolicy != null
                && !isPolicy.isEmpty()
                && !isPolicy.equals(compact)) {
            throw new IllegalStateException(
                    "topic "
                            + topic.name()
                            + " has cleanup.policy "
                            + isPolicy
                            + ", which deletes what has to be kept; set it to compact");
        }
    }

    private static @Nullable String settingOf(Wanted topic) {
        return topic.settings().get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
    }

    /// @param isBytes what the topic has; no number where the brokers do not say
    static void requireRoom(Wanted topic, @Nullable String isBytes) {
        String want = settingOf(topic);
        if (isBytes != null
                && isBytes.matches("[0-9]{1,18}")
                && want != null
                && Long.parseLong(isBytes) < Long.parseLong(want)) {
            throw new IllegalStateException(
                    "topic "
                            + topic.name()
                            + " takes messages of at most "
                            + isBytes
                            + " bytes; set its max.message.bytes to "
                            + want
                            + " (driftledger.intake.message-bytes-max) or more, or lower that key"
                            + " and driftledger.intake.record-bytes-max with it");
        }
    }

    private <T> T answer(String what, KafkaFuture<T> asked)
            throws InterruptedException, TimeoutException {
        try {
            return asked.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw failure(what, e);
        }
    }

    /// What Kafka refused, in one sentence.
    ///
    /// @throws TimeoutException when it did not refuse but was away, or will be better soon
    private static IllegalStateException failure(String what, ExecutionException failure)
            throws TimeoutException {
        Throwable cause = failure.getCause();
        if (cause instanceof RetriableException || cause == null) {
            throw new TimeoutException(String.valueOf(cause));
        }
        String fix =
                cause instanceof AuthenticationException
                        ? " leads to a Kafka that does not let us in, correct"
                                + " kafka.security.protocol and kafka.sasl.* or kafka.ssl.*: "
                        : cause instanceof AuthorizationException
                                ? " is refused, give the account of kafka.sasl.* the rights to"
                                        + " create, describe, read and write it: "
                                : " is refused, correct it: ";
        return new IllegalStateException(what + fix + cause.getMessage(), failure);
    }
}
