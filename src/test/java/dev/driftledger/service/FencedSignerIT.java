package dev.driftledger.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.driftledger.ledger.Checkpoint;
import dev.driftledger.testkit.ClusterLoad;
import dev.driftledger.testkit.LogJudge;
import dev.driftledger.testkit.ServedLog;
import dev.driftledger.testkit.ServiceLab;
import dev.driftledger.testkit.ServiceProcess;
import dev.driftledger.testkit.WatchedLab;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Somebody else takes the right to sign from an instance that still has the partition.
@Tag("soak")
class FencedSignerIT {
    private static final String TOPIC = "driftledger.checkpoints";
    private static final String FENCED = "another instance signs";

    @TempDir Path folder;

    @Test
    void a_fenced_signer_leaves_the_other_alone_for_a_while_and_then_takes_its_log_back()
            throws InterruptedException, ExecutionException {
        try (WatchedLab watched = WatchedLab.start(folder)) {
            // Given
            ServiceLab lab = watched.lab();
            ServiceProcess service = watched.service();
            String part = "log " + lab.cluster();
            ServedLog log = watched.log();
            String origin = Objects.requireNonNull(log.checkpoint()).origin();
            try (KafkaProducer<String, String> other = producer(lab, origin)) {

                // When
                other.initTransactions();
                ClusterLoad.write(lab.user(), "load-unsigned", "1");

                // Then
                ServiceLab.await("health says so").until(() -> watched.said(part).contains(FENCED));
                assertThat(service.isReady()).isFalse();
                Checkpoint last = Objects.requireNonNull(log.checkpoint());

                // When: the other signs the same again, which it can only while it is left alone
                remember(other, last);

                // Then
                assertThat(watched.said(part)).contains(FENCED);
                assertThat(log.checkpoint()).isEqualTo(last);
            }
            ServiceLab.await("signed again").until(service::isReady);
            ClusterLoad.Version version = ClusterLoad.write(lab.user(), "load-signed", "1");
            LogJudge.of(log, version).isOrderedWithoutDuplicates();
            ServedLog.Verdict verdict = log.verify();
            assertThat(verdict.code()).as(verdict.report()).isZero();
            assertThat(service.console()).containsOnlyOnce(FENCED + " cluster=");
        }
    }

    private static void remember(KafkaProducer<String, String> other, Checkpoint checkpoint)
            throws InterruptedException, ExecutionException {
        other.beginTransaction();
        Future<RecordMetadata> sent =
                other.send(new ProducerRecord<>(TOPIC, checkpoint.origin(), checkpoint.text()));
        other.commitTransaction();
        assertThat(sent.get().hasOffset()).isTrue();
    }

    private static KafkaProducer<String, String> producer(ServiceLab lab, String origin) {
        return new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        lab.kafka().bootstrapServers(),
                        ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                        "driftledger-guard-" + origin),
                new StringSerializer(),
                new StringSerializer());
    }
}
