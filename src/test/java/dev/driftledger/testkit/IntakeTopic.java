package dev.driftledger.testkit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/// The intake topic, as who runs the broker can change it.
public final class IntakeTopic {
    private static final String NAME = "driftledger.intake";

    private final String bootstrapServers;

    IntakeTopic(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    /// Deletes all records that are there, as retention does with old ones.
    public void expire() {
        try (Admin admin = admin()) {
            Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
            for (int partition = 0; partition < partitionsCount(admin); partition++) {
                latest.put(new TopicPartition(NAME, partition), OffsetSpec.latest());
            }
            Map<TopicPartition, RecordsToDelete> all = new HashMap<>();
            done(admin.listOffsets(latest).all())
                    .forEach((partition, end) ->
                            all.put(partition, RecordsToDelete.beforeOffset(end.offset())));
            Void _ = done(admin.deleteRecords(all).all());
        }
    }

    /// Deletes the topic and makes it anew.
    public void replace(int partitionsCount) {
        try (Admin admin = admin()) {
            Void _ = done(admin.deleteTopics(List.of(NAME)).all());
            ServiceLab.await("the topic is gone")
                    .until(() -> !done(admin.listTopics().names()).contains(NAME));
            NewTopic topic =
                    new NewTopic(NAME, partitionsCount, (short) 1)
                            .configs(Map.of("max.message.bytes", "8388608"));
            Void _ = done(admin.createTopics(List.of(topic)).all());
        }
    }

    private static int partitionsCount(Admin admin) {
        Map<String, TopicDescription> found =
                done(admin.describeTopics(List.of(NAME)).allTopicNames());
        return Objects.requireNonNull(found.get(NAME)).partitions().size();
    }

    private Admin admin() {
        return Admin.create(
                Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, (Object) bootstrapServers));
    }

    private static <T> T done(KafkaFuture<T> answer) {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the broker refuses", e);
        }
    }
}
