package dev.driftledger.intake;

import com.fasterxml.jackson.databind.JsonNode;
import dev.driftledger.model.Digest;
import dev.driftledger.model.IntakeRecord;
import dev.driftledger.model.ResourceKey;
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
    private final int recordBytesMax;

    KafkaIntakeSink(
            @Channel("intake-out") @OnOverflow(value = OnOverflow.Strategy.UNBOUNDED_BUFFER)
                    Emitter<byte[]> emitter,
            IntakeConfig config) {
        this.emitter = emitter;
        this.places = new Semaphore(config.bufferCount());
        this.recordBytesMax = config.recordBytesMax();
    }

    @Override
    public CompletionStage<Void> send(IntakeRecord record) {
        byte[] bytes = IntakeCodec.encode(record);
        if (bytes.length > recordBytesMax) {
            if (isDesired(record)) {
                return CompletableFuture.failedFuture(
                        new RecordTooLargeException(problem(bytes, recordBytesMax)));
            }
            bytes = IntakeCodec.encode(tooLarge(record, bytes, recordBytesMax));
        }
        places.acquireUninterruptibly();
        CompletableFuture<Void> done = new CompletableFuture<>();
        emit(record.cluster().uid(), bytes, done);
        return done;
    }

    /// Its sender knows of which source it is part, and can say so.
    private static boolean isDesired(IntakeRecord record) {
        return record instanceof IntakeRecord.DesiredObject
                || record instanceof IntakeRecord.DesiredPart
                || record instanceof IntakeRecord.DesiredRendered;
    }

    private static String problem(byte[] bytes, int recordBytesMax) {
        return "record of "
                + bytes.length
                + " bytes is larger than "
                + recordBytesMax
                + " (driftledger.intake.record-bytes-max)";
    }

    /// What Kafka would refuse for its size goes as a word about it: refused for ever, it would
    /// stop everything behind it.
    static IntakeRecord tooLarge(IntakeRecord record, byte[] bytes, int recordBytesMax) {
        String problem = problem(bytes, recordBytesMax);
        if (record instanceof IntakeRecord.ObjectObserved seen) {
            JsonNode metadata = seen.object().path("metadata");
            ResourceKey key =
                    new ResourceKey(
                            seen.resourceType().group(),
                            seen.resourceType().kind(),
                            metadata.path("namespace").asText(),
                            metadata.path("name").asText());
            return new IntakeRecord.ObjectUnreadable(
                    record.cluster(),
                    record.observedAt(),
                    seen.resourceType(),
                    key,
                    Digest.of(bytes),
                    bytes.length,
                    problem);
        }
        return new IntakeRecord.Malformed(
                record.cluster(),
                record.observedAt(),
                Digest.of(bytes),
                bytes.length,
                problem,
                record.getClass().getSimpleName());
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
                            done.completeExceptionally(told(failure, bytes.length));
                            return CompletableFuture.completedStage(null);
                        }));
    }

    /// The brokers may take less than is configured here.
    private static Throwable told(Throwable failure, int sizeBytes) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof org.apache.kafka.common.errors.RecordTooLargeException) {
                return new RecordTooLargeException(
                        "record of "
                                + sizeBytes
                                + " bytes is larger than the brokers take (max.message.bytes of"
                                + " the intake topic)");
            }
        }
        return failure;
    }
}
