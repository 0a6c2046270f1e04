package dev.driftledger.intake;

import dev.driftledger.model.IntakeRecord;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;

/// Sends intake records to Kafka, keyed by cluster. At most `driftledger.intake.buffer-count`
/// records are under way; a further sender waits, which in turn stops its watch from reading.
@ApplicationScoped
public class KafkaIntakeSink implements IntakeSink {
    private final Emitter<byte[]> emitter;
    private final Semaphore places;

    KafkaIntakeSink(
            @Channel("intake-out") @OnOverflow(value = OnOverflow.Strategy.UNBOUNDED_BUFFER)
                    Emitter<byte[]> emitter,
            IntakeConfig config) {
        this.emitter = emitter;
        this.places = new Semaphore(config.bufferCount());
    }

    @Override
    public CompletionStage<Void> send(IntakeRecord record) {
        byte[] bytes = IntakeCodec.encode(record);
        places.acquireUninterruptibly();
        CompletableFuture<Void> done = new CompletableFuture<>();
        emit(record.cluster().uid(), bytes, done);
        return done;
    }

    private synchronized void emit(String key, byte[] bytes, CompletableFuture<Void> done) {
        OutgoingKafkaRecordMetadata<String> metadata =
                OutgoingKafkaRecordMetadata.<String>builder().withKey(key).build();
        emitter.send(
                Message.of(
                        bytes,
                        Metadata.of(metadata),
                        () -> {
                            places.release();
                            done.complete(null);
                            return CompletableFuture.completedStage(null);
                        },
                        failure -> {
                            places.release();
                            done.completeExceptionally(failure);
                            return CompletableFuture.completedStage(null);
                        }));
    }
}
