package dev.driftledger.recorder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.drift.ManagerTable;
import dev.driftledger.drift.Schemas;
import dev.driftledger.ledger.Entry;
import dev.driftledger.model.ApplicationId;
import dev.driftledger.model.Digest;
import dev.driftledger.model.Json;
import dev.driftledger.model.RecorderLimits;
import dev.driftledger.model.ResourceKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What was in force at each place of a log, told by its entries alone.
final class LogWalk {
    private final BlobSource blobs;
    private final SortedMap<String, Digest> documents = new TreeMap<>();
    private final SortedMap<ResourceKey, Digest> live = new TreeMap<>();
    private final Map<String, List<Digest>> appliedBefore = new HashMap<>();
    private @Nullable Schemas schemas;
    private ManagerTable managers = ManagerTable.builtIn();
    private Map<String, String> appliers = Map.of();
    private RecorderLimits limits = RecorderLimits.DEFAULT;

    LogWalk(BlobSource blobs) {
        this.blobs = blobs;
    }

    void follow(Entry entry) {
        switch (entry.type()) {
            case SCHEMA_OBSERVED -> {
                Digest document = entry.digests().get("schema");
                if (entry.body() != null && document != null) {
                    documents.put(entry.body().path("path").asText(), document);
                    schemas = null;
                }
            }
            case OBJECT_OBSERVED, OBJECT_DELETED -> object(entry);
            case CONFIG_CHANGED -> config(entry);
            case SCOPE,
                    STARTUP,
                    SHUTDOWN,
                    HEARTBEAT,
                    GAP,
                    WATCH_STARTED,
                    WATCH_UNAVAILABLE,
                    SNAPSHOT,
                    OBJECT_UNREADABLE,
                    DESIRED_RENDERED,
                    DESIRED_STALE,
                    DESIRED_FRESH,
                    FINDING_OPENED,
                    FINDING_UPDATED,
                    FINDING_RESOLVED,
                    FINDING_ACCEPTED,
                    SYNC_RECORDED,
                    EFFECT_OBSERVED,
                    AUDIT_OBSERVED,
                    HOOK_RECEIVED,
                    INTAKE_MALFORMED,
                    KEY_EVENT,
                    ACCESS,
                    RETENTION_EVENT,
                    LEGALHOLD_EVENT,
                    ERASURE,
                    ANCHOR,
                    EXPORT,
                    RESTORE_PLANNED,
                    RESTORE_APPLIED,
                    RESTORE_VERIFIED -> {}
        }
    }

    private void object(Entry entry) {
        Entry.Subject about = entry.subject();
        Digest object = entry.digests().get("object");
        if (about == null || object == null) {
            return;
        }
        ResourceKey key =
                new ResourceKey(about.group(), about.kind(), about.namespace(), about.name());
        if (entry.type() == dev.driftledger.ledger.EntryType.OBJECT_OBSERVED) {
            live.put(key, object);
        } else {
            live.remove(key);
        }
        if (SchemaSet.isDefinition(key)) {
            schemas = null;
        }
    }

    private void config(Entry entry) {
        JsonNode rules = entry.blob() == null ? null : json(entry.blob().sha256());
        if (rules == null) {
            return;
        }
        SortedMap<String, String> rows = new TreeMap<>();
        rules.path("managers")
                .properties()
                .forEach(e -> rows.put(e.getKey(), e.getValue().asText()));
        managers = ManagerTable.builtIn().with(rows);
        Map<String, String> names = new HashMap<>();
        for (JsonNode application : rules.path("applications")) {
            if (application.path("appliedBy").asText().equals("manager")) {
                names.put(
                        application.path("application").asText(),
                        application.path("appliedByName").asText());
            }
        }
        appliers = names;
        limits = LimitsJson.read(rules.path("limits"));
    }

    RecorderLimits limits() {
        return limits;
    }

    boolean isLive(ResourceKey key) {
        return live.containsKey(key);
    }

    ManagerTable managers() {
        return managers;
    }

    @Nullable String applier(ApplicationId application) {
        return appliers.get(application.id());
    }

    Schemas schemas() {
        Schemas made = schemas;
        if (made == null) {
            SortedMap<String, JsonNode> known = new TreeMap<>();
            documents.forEach((path, digest) -> {
                JsonNode document = json(digest);
                if (document != null) {
                    known.put(path, document);
                }
            });
            made = Schemas.of(known);
            for (Map.Entry<ResourceKey, Digest> row : live.entrySet()) {
                ObjectNode definition =
                        SchemaSet.isDefinition(row.getKey()) ? object(row.getValue()) : null;
                if (definition != null) {
                    made = made.withCrd(definition);
                }
            }
            schemas = made;
        }
        return made;
    }

    /// The objects that an entry names as `<name>1`, `<name>2` and so on, or by the list `<name>`.
    List<ObjectNode> named(Entry entry, String name) {
        List<ObjectNode> objects = new ArrayList<>();
        Digest list = entry.digests().get(name);
        JsonNode listed = list == null ? null : json(list);
        if (listed != null) {
            for (JsonNode digest : listed) {
                ObjectNode object = object(Digest.ofHex(digest.asText()));
                if (object != null) {
                    objects.add(object);
                }
            }
        }
        for (int i = 1; entry.digests().containsKey(name + i); i++) {
            ObjectNode object = object(entry.digests().get(name + i));
            if (object != null) {
                objects.add(object);
            }
        }
        return objects;
    }

    /// What was applied before, as the snapshots up to this row tell; notes the row.
    List<ObjectNode> former(ApplicationId application, ResourceKey key, JsonNode row) {
        List<Digest> applied =
                appliedBefore.computeIfAbsent(
                        MemberIndex.rowKey(application, key), _ -> new ArrayList<>());
        if (row.path("desired").isTextual()) {
            Digest now = Digest.ofHex(row.path("desired").asText());
            if (applied.isEmpty() || !applied.getFirst().equals(now)) {
                applied.remove(now);
                applied.addFirst(now);
            }
        }
        List<ObjectNode> former = new ArrayList<>();
        for (int i = 1; i < applied.size() && i <= limits.formerCount(); i++) {
            ObjectNode object = object(applied.get(i));
            if (object != null) {
                former.add(object);
            }
        }
        return former;
    }

    /// The autoscalers that are live and target the object.
    List<ObjectNode> scalers(ResourceKey target) {
        List<ObjectNode> scalers = new ArrayList<>();
        for (Map.Entry<ResourceKey, Digest> row : live.entrySet()) {
            if (row.getKey().kind().equals("HorizontalPodAutoscaler")) {
                ObjectNode scaler = object(row.getValue());
                if (scaler != null && target.equals(Contents.target(row.getKey(), scaler))) {
                    scalers.add(scaler);
                }
            }
        }
        return scalers;
    }

    @Nullable ObjectNode object(@Nullable Digest digest) {
        return digest != null && json(digest) instanceof ObjectNode object ? object : null;
    }

    @Nullable JsonNode json(Digest digest) {
        byte[] bytes = blobs.find(digest);
        if (bytes == null) {
            return null;
        }
        try {
            return Json.parse(bytes);
        } catch (IOException _) {
            return null;
        }
    }
}
