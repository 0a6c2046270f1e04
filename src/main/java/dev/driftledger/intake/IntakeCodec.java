package dev.driftledger.intake;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.driftledger.model.ClusterRef;
import dev.driftledger.model.Delivery;
import dev.driftledger.model.IntakeOrigin;
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

    private static final String UNASSIGNED = "unassigned-";
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
    /// the Kafka key names, so that it is evidence and not lost. It never throws, and what it says
    /// of the same bytes at the same place is always the same.
    ///
    /// @param envelope what Kafka says of the record
    /// @param value null counts as empty
    public static Delivery decode(Envelope envelope, byte @Nullable [] value) {
        byte[] bytes = value == null ? new byte[0] : value;
        IntakeOrigin origin = new IntakeOrigin(envelope.place(), bytes);
        return new Delivery(record(envelope, origin, bytes), envelope.recordedAt(), origin);
    }

    private static IntakeRecord record(Envelope envelope, IntakeOrigin origin, byte[] bytes) {
        String key = envelope.key();
        if (key == null || !isUid(key) || !envelope.isAtHome(key)) {
            return malformed(
                    unassigned(envelope.partition()),
                    envelope,
                    origin,
                    "key is not that of a cluster on its partition");
        }
        ClusterRef cluster = new ClusterRef(key, key);
        try {
            IntakeRecord record = read(bytes);
            return record.cluster().uid().equals(key)
                    ? record
                    : malformed(
                            cluster,
                            envelope,
                            origin,
                            "key is not the uid of the record's cluster");
        } catch (IOException | RuntimeException | StackOverflowError e) {
            return malformed(cluster, envelope, origin, problem(e));
        }
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
            Instant recordedAt) {
        private String place() {
            return topic + "/" + partition + "/" + offset;
        }

        private boolean isAtHome(String cluster) {
            return Partitions.of(cluster, partitionsCount) == partition;
        }
    }

    /// Whose log tells of the records of a partition that belong to no cluster. Each partition has
    /// its own, for offsets only count within one.
    public static ClusterRef unassigned(int partition) {
        String name = UNASSIGNED + partition;
        return new ClusterRef(name, name);
    }

    /// Whether it is one of [#unassigned], and no cluster's.
    public static boolean isUnassigned(String uid) {
        return uid.startsWith(UNASSIGNED);
    }

    /// Whether it can be a cluster's uid at all.
    private static boolean isUid(String key) {
        return !isUnassigned(key) && key.matches("[0-9A-Za-z-]{1,64}");
    }

    private static IntakeRecord malformed(
            ClusterRef cluster, Envelope envelope, IntakeOrigin origin, String problem) {
        return new IntakeRecord.Malformed(
                cluster,
                envelope.recordedAt(),
                origin.digest(),
                origin.sizeBytes(),
                problem,
                origin.place());
    }

    private static IntakeRecord read(byte[] bytes) throws IOException {
        JsonNode tree = Json.parse(bytes);
        if (!(tree instanceof ObjectNode object)) {
            throw new Misshapen("is no JSON object");
        }
        JsonNode version = object.remove("v");
        if (version == null || !version.isInt() || version.intValue() != VERSION) {
            throw new Misshapen("v must be " + VERSION);
        }
        IntakeRecord record = MAPPER.treeToValue(object, IntakeRecord.class);
        if (record.cluster() == null || record.observedAt() == null) {
            throw new Misshapen("cluster and observedAt must be there");
        }
        return record;
    }

    /// What is wrong, in our own words: those of a library may quote the content, which may be
    /// anything, and are other ones in its next version.
    private static String problem(Throwable e) {
        return switch (e) {
            case Misshapen misshapen -> misshapen.problem;
            case InvalidTypeIdException _ -> "unknown type";
            case UnrecognizedPropertyException _ -> "unknown field";
            case StreamReadException _ -> "is no JSON that is read here";
            case IOException _, RuntimeException _ -> "a field has not the value that it must have";
            default -> "is too deep";
        };
    }

    /// A shape that is not that of a record.
    private static final class Misshapen extends IOException {
        private static final long serialVersionUID = 1L;

        private final String problem;

        Misshapen(String problem) {
            super(problem);
            this.problem = problem;
        }
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
