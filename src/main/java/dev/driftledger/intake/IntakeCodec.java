package dev.driftledger.intake;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.driftledger.model.ClusterRef;
import dev.driftledger.model.Digest;
import dev.driftledger.model.IntakeRecord;
import dev.driftledger.model.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Intake records as JSON: the record's fields beside `type` and `v`, the version of its shape.
///
/// The shape is strict: another version, an unknown type or an unknown field is malformed, because
/// a field that one side writes and the other ignores would be lost without a word.
public final class IntakeCodec {
    /// The version written, and the only one read.
    public static final int VERSION = 1;

    private static final ObjectMapper MAPPER = mapper();

    private IntakeCodec() {}

    /// The bytes of a record.
    public static byte[] encode(IntakeRecord record) {
        try {
            ObjectNode tree = MAPPER.valueToTree(record);
            tree.put("v", VERSION);
            return MAPPER.writeValueAsBytes(tree);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("encoding an intake record", e);
        }
    }

    /// Reads a record; anything that is none becomes a [IntakeRecord.Malformed] of the cluster that
    /// the Kafka key names, so that it is evidence and not lost.
    ///
    /// @param envelope what Kafka says of the record
    /// @param value null counts as empty
    public static IntakeRecord decode(Envelope envelope, byte @Nullable [] value) {
        byte[] bytes = value == null ? new byte[0] : value;
        String key = envelope.key();
        if (key == null || Partitions.of(key, envelope.partitionsCount()) != envelope.partition()) {
            return malformed(
                    null, envelope, bytes, "key is not that of a cluster on its partition");
        }
        String problem;
        try {
            IntakeRecord record = read(bytes);
            if (record.cluster().uid().equals(key)) {
                return record;
            }
            problem = "key is not the uid of the record's cluster";
        } catch (IOException | IllegalArgumentException e) {
            problem = problem(e);
        }
        return malformed(key, envelope, bytes, problem);
    }

    /// What Kafka says of a record.
    ///
    /// @param key a cluster's uid; null or anything when the sender was no Driftledger
    public record Envelope(
            String topic,
            int partition,
            int partitionsCount,
            long offset,
            @Nullable String key,
            Instant recordedAt) {}

    private static IntakeRecord malformed(
            @Nullable String key, Envelope envelope, byte[] bytes, String problem) {
        String origin = envelope.topic() + "/" + envelope.partition() + "/" + envelope.offset();
        return new IntakeRecord.Malformed(
                cluster(key, envelope.partition()),
                envelope.recordedAt(),
                Digest.of(bytes),
                bytes.length,
                problem,
                origin);
    }

    private static IntakeRecord read(byte[] bytes) throws IOException {
        JsonNode tree = Json.parse(bytes);
        if (!(tree instanceof ObjectNode object)) {
            throw new IllegalArgumentException("want a JSON object");
        }
        JsonNode version = object.remove("v");
        if (version == null || !version.isInt() || version.intValue() != VERSION) {
            throw new IllegalArgumentException("v must be " + VERSION);
        }
        IntakeRecord record = MAPPER.treeToValue(object, IntakeRecord.class);
        if (record.cluster() == null || record.observedAt() == null) {
            throw new IllegalArgumentException("cluster and observedAt must be there");
        }
        return record;
    }

    /// What is wrong, without any of the content, which may be anything: Jackson's own messages
    /// quote it.
    private static String problem(Exception e) {
        return switch (e) {
            case InvalidTypeIdException _ -> "unknown type";
            case UnrecognizedPropertyException _ -> "unknown field";
            case JsonProcessingException json ->
                    json.getClass().getSimpleName()
                            + (json.getLocation() == null
                                    ? ""
                                    : " at byte " + json.getLocation().getByteOffset());
            case IllegalArgumentException shape when shape.getCause() == null ->
                    String.valueOf(shape.getMessage());
            default -> e.getClass().getSimpleName();
        };
    }

    /// Records of nobody's go to a log of their partition's own, for offsets only count within one.
    private static ClusterRef cluster(@Nullable String key, int partition) {
        if (key != null && key.matches("[0-9A-Za-z-]{1,64}")) {
            return new ClusterRef(key, key);
        }
        String name = "unassigned-" + partition;
        return new ClusterRef(name, name);
    }

    private static ObjectMapper mapper() {
        return Json.shared()
                .copy()
                .registerModule(new JavaTimeModule())
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL)
                .addMixIn(IntakeRecord.class, Typed.class);
    }

    /// Wire names of the record types; the model itself stays free of them.
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = IntakeRecord.ObjectObserved.class, name = "object.observed"),
        @JsonSubTypes.Type(value = IntakeRecord.ObjectDeleted.class, name = "object.deleted"),
        @JsonSubTypes.Type(value = IntakeRecord.ObjectUnreadable.class, name = "object.unreadable"),
        @JsonSubTypes.Type(value = IntakeRecord.WatchStarted.class, name = "watch.started"),
        @JsonSubTypes.Type(value = IntakeRecord.WatchGap.class, name = "watch.gap"),
        @JsonSubTypes.Type(value = IntakeRecord.TypeUnavailable.class, name = "watch.unavailable"),
        @JsonSubTypes.Type(value = IntakeRecord.Heartbeat.class, name = "heartbeat"),
        @JsonSubTypes.Type(value = IntakeRecord.Scope.class, name = "scope"),
        @JsonSubTypes.Type(value = IntakeRecord.SchemaObserved.class, name = "schema.observed"),
        @JsonSubTypes.Type(value = IntakeRecord.ConfigChanged.class, name = "config.changed"),
        @JsonSubTypes.Type(value = IntakeRecord.DesiredObject.class, name = "desired.object"),
        @JsonSubTypes.Type(value = IntakeRecord.DesiredPart.class, name = "desired.part"),
        @JsonSubTypes.Type(value = IntakeRecord.DesiredRendered.class, name = "desired.rendered"),
        @JsonSubTypes.Type(value = IntakeRecord.DesiredStale.class, name = "desired.stale"),
        @JsonSubTypes.Type(value = IntakeRecord.DesiredFresh.class, name = "desired.fresh"),
        @JsonSubTypes.Type(value = IntakeRecord.AuditObserved.class, name = "audit.observed"),
        @JsonSubTypes.Type(value = IntakeRecord.HookReceived.class, name = "hook.received"),
        @JsonSubTypes.Type(value = IntakeRecord.InstanceStarted.class, name = "instance.started"),
        @JsonSubTypes.Type(value = IntakeRecord.InstanceStopped.class, name = "instance.stopped"),
        @JsonSubTypes.Type(value = IntakeRecord.Malformed.class, name = "malformed"),
    })
    private interface Typed {}
}
