package dev.driftledger.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.driftledger.model.Json;
import io.smallrye.reactive.messaging.ce.OutgoingCloudEventMetadata;
import io.smallrye.reactive.messaging.ce.OutgoingCloudEventMetadataBuilder;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.UncheckedIOException;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;

/// Writes events to Kafka as CloudEvents in binary mode: attributes as headers, the data as value.
@ApplicationScoped
public class DriftChannel {
    private final Emitter<String> emitter;

    DriftChannel(
            @Channel("drift-out") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
                    Emitter<String> emitter) {
        this.emitter = emitter;
    }

    /// Hands an event to Kafka; events keep the order of these calls per key.
    ///
    /// @return completes when all in-sync replicas have it
    CompletionStage<Void> send(DriftEvent event) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Message<String> message =
                Message.of(
                        value(event),
                        Metadata.of(attributes(event), key(event)),
                        () -> {
                            done.complete(null);
                            return CompletableFuture.completedStage(null);
                        },
                        failure -> {
                            done.completeExceptionally(failure);
                            return CompletableFuture.completedStage(null);
                        });
        emitter.send(message);
        return done;
    }

    private static OutgoingKafkaRecordMetadata<String> key(DriftEvent event) {
        return OutgoingKafkaRecordMetadata.<String>builder().withKey(event.key()).build();
    }

    private static OutgoingCloudEventMetadata<String> attributes(DriftEvent event) {
        OutgoingCloudEventMetadataBuilder<String> builder =
                OutgoingCloudEventMetadata.<String>builder()
                        .withId(event.id())
                        .withType(event.type())
                        .withSource(event.source())
                        .withTimestamp(event.time().atZone(ZoneOffset.UTC))
                        .withDataContentType("application/json")
                        .withDataSchema(event.dataSchema());
        if (event.subject() != null) {
            builder = builder.withSubject(event.subject());
        }
        event.extensions().forEach(builder::withExtension);
        return builder.build();
    }

    private static String value(DriftEvent event) {
        try {
            return Json.shared().writeValueAsString(event.data());
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("writing a tree to memory", e);
        }
    }
}
