package dev.driftledger.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.ledger.Entry;
import dev.driftledger.model.ApplicationId;
import dev.driftledger.model.Json;
import dev.driftledger.model.Rfc3339;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One CloudEvent (CloudEvents 1.0), made of one entry.
///
/// @param id of the entry, so that consumers can de-duplicate by `source` and `id`
/// @param source `/clusters/<uid>/<reconciler>/<namespace>/<application>`, or `/clusters/<uid>`
/// @param subject `group/version/Kind/namespace/name`; null when no resource is concerned
/// @param key of the Kafka record and `partitionkey`: order is kept per application
/// @param time when it was observed
/// @param extensions registered CloudEvents extensions, never with an empty value
/// @param data the JSON value; repeats `id`, `type`, `subject` and `time`, so that it can be read
///     without headers
record DriftEvent(
        String id,
        String type,
        URI source,
        @Nullable String subject,
        String key,
        Instant time,
        URI dataSchema,
        SortedMap<String, String> extensions,
        ObjectNode data) {

    /// The event of an entry; null when such entries are not published.
    ///
    /// @param index the entry's place in its log, the event's `sequence`
    /// @param publicUrl under which the service serves its schemas, without a slash at the end
    static @Nullable DriftEvent of(long index, Entry entry, String publicUrl) {
        EventType type = EventType.of(entry.type());
        if (type == null) {
            return null;
        }
        String path = path(entry);
        String subject = subject(entry.subject());
        return new DriftEvent(
                entry.id(),
                type.ceType(),
                URI.create("/clusters/" + encoded(path)),
                subject,
                path,
                entry.observedAt(),
                URI.create(publicUrl + type.schemaPath()),
                extensions(index, entry, path),
                data(index, entry, type, subject));
    }

    private static String path(Entry entry) {
        String uid = entry.cluster().uid();
        JsonNode application = body(entry).path("application");
        if (!application.isTextual()) {
            return uid;
        }
        ApplicationId id = ApplicationId.ofId(application.textValue());
        return uid + "/" + id.reconciler() + "/" + id.namespace() + "/" + id.name();
    }

    private static String encoded(String path) {
        StringBuilder out = new StringBuilder(path.length());
        for (byte b : path.getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = c < 128 && (Character.isLetterOrDigit(c) || "-._~/".indexOf(c) >= 0);
            out.append(plain ? String.valueOf(c) : String.format("%%%02X", (int) c));
        }
        return out.toString();
    }

    private static @Nullable String subject(Entry.@Nullable Subject s) {
        if (s == null) {
            return null;
        }
        return String.join("/", s.group(), s.version(), s.kind(), s.namespace(), s.name());
    }

    private static SortedMap<String, String> extensions(long index, Entry entry, String path) {
        TreeMap<String, String> out = new TreeMap<>();
        out.put("partitionkey", path);
        out.put("sequence", Long.toString(index));
        out.put("recordedtime", Rfc3339.format(entry.recordedAt()));
        JsonNode user = body(entry).path("owner").path("user");
        out.put("authtype", authType(user));
        if (user.isTextual()) {
            out.put("authid", user.textValue());
        }
        String severity = body(entry).path("severity").asText("");
        if (!severity.isEmpty()) {
            out.put("severitytext", severity);
            out.put("severitynumber", SEVERITY_NUMBERS.getOrDefault(severity, "9"));
        }
        JsonNode applied = body(entry).path("applied");
        if (applied.isTextual()) {
            out.put("causationid", applied.textValue());
        }
        if (entry.correlation() != null) {
            out.put("correlationid", entry.correlation());
        }
        return out;
    }

    /// OpenTelemetry's severity numbers (logs data model, "Field: SeverityNumber").
    private static final Map<String, String> SEVERITY_NUMBERS =
            Map.of("info", "9", "low", "10", "medium", "13", "high", "17", "critical", "21");

    private static String authType(JsonNode user) {
        if (!user.isTextual()) {
            return "unknown";
        }
        String name = user.textValue();
        if (name.startsWith("system:serviceaccount:")) {
            return "service_account";
        }
        return name.startsWith("system:") ? "system" : "user";
    }

    private static ObjectNode data(
            long index, Entry entry, EventType type, @Nullable String subject) {
        ObjectNode data = Json.shared().createObjectNode();
        data.put("id", entry.id()).put("type", type.ceType());
        if (subject != null) {
            data.put("subject", subject);
        }
        data.put("time", Rfc3339.format(entry.observedAt()));
        data.put("recordedAt", Rfc3339.format(entry.recordedAt()));
        data.putObject("cluster")
                .put("uid", entry.cluster().uid())
                .put("name", entry.cluster().name());
        data.put("logIndex", index);
        ObjectNode body = entry.body();
        if (body != null) {
            body.properties().forEach(field -> data.set(field.getKey(), field.getValue()));
        }
        return data;
    }

    private static JsonNode body(Entry entry) {
        ObjectNode body = entry.body();
        return body == null ? Json.shared().missingNode() : body;
    }
}
