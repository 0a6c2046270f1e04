package dev.driftledger.intake;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;

/// Creates the topics that are missing, and leaves those that are there as they are.
public final class Topics {
    private Topics() {}

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
    /// @throws IllegalStateException naming the topic and the fix, when one is missing and `create`
    ///     is false
    /// @throws TimeoutException when Kafka does not answer in time
    public static void ensure(
            Map<String, Object> kafka, List<Wanted> wanted, boolean create, Duration timeout)
            throws InterruptedException, ExecutionException, TimeoutException {
        Admin admin = Admin.create(kafka);
        try {
            long millis = timeout.toMillis();
            Set<String> present = admin.listTopics().names().get(millis, TimeUnit.MILLISECONDS);
            for (Wanted topic : wanted) {
                if (present.contains(topic.name())) {
                    continue;
                }
                if (!create) {
                    throw new IllegalStateException(
                            "topic "
                                    + topic.name()
                                    + " does not exist; create it with "
                                    + topic.partitions()
                                    + " partitions, or set "
                                    + "driftledger.intake.create-topics=true");
                }
                create(admin, topic, millis);
            }
        } finally {
            // Closing without a limit waits for what Kafka has not answered, a minute in all.
            admin.close(Duration.ZERO);
        }
    }

    private static void create(Admin admin, Wanted topic, long millis)
            throws InterruptedException, ExecutionException, TimeoutException {
        Optional<Short> replication =
                topic.replication() < 0 ? Optional.empty() : Optional.of(topic.replication());
        NewTopic created =
                new NewTopic(topic.name(), Optional.of(topic.partitions()), replication)
                        .configs(topic.settings());
        try {
            admin.createTopics(List.of(created)).all().get(millis, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }
}
