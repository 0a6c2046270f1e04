package dev.driftledger.recorder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.drift.Authors;
import dev.driftledger.drift.Comparison;
import dev.driftledger.drift.ManagerTable;
import dev.driftledger.drift.Schemas;
import dev.driftledger.drift.Severities;
import dev.driftledger.drift.rules.RuleSet;
import dev.driftledger.ledger.Entry;
import dev.driftledger.model.ApplicationId;
import dev.driftledger.model.Digest;
import dev.driftledger.model.Json;
import dev.driftledger.model.RecorderLimits;
import dev.driftledger.model.ResourceKey;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    private Severities severities = Severities.builtIn();
    private final RuleBook ruleBook = new RuleBook();
    private final OpenFindings findings = new OpenFindings();
    private final SortedMap<ApplicationId, Ruling> rulings = new TreeMap<>();
    private @Nullable Set<ApplicationId> configured;
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
            case DESIRED_RENDERED -> rendered(entry);
            case HEARTBEAT -> passed(entry.recordedAt());
            case FINDING_OPENED, FINDING_UPDATED, FINDING_RESOLVED -> found(entry);
            case SCOPE,
                    STARTUP,
                    SHUTDOWN,
                    GAP,
                    WATCH_STARTED,
                    WATCH_UNAVAILABLE,
                    SNAPSHOT,
                    OBJECT_UNREADABLE,
                    DESIRED_STALE,
                    DESIRED_FRESH,
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

    private void found(Entry entry) {
        ObjectNode body = body(entry);
        if (body != null) {
            findings.follow(entry, body);
        }
    }

    /// Who wrote the values that open findings about a resource state.
    Authors authors(ApplicationId application, ResourceKey key) {
        return findings.authors(application, key, limits.valueMaxBytes());
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

    private void rendered(Entry entry) {
        if (entry.body() == null) {
            return;
        }
        ApplicationId id = ApplicationId.ofId(entry.body().path("application").asText());
        if (configured != null && !configured.contains(id)) {
            return;
        }
        Digest file = entry.digests().get(Judge.IGNORE);
        rule(id, Ruling.next(rulings.get(id), file, entry.recordedAt()));
    }

    /// Has an application judged by these rules from here on.
    void rule(ApplicationId application, @Nullable Ruling ruling) {
        if (ruling == null) {
            rulings.remove(application);
        } else {
            rulings.put(application, ruling);
        }
    }

    private void passed(Instant now) {
        rulings.replaceAll((id, ruling) ->
                ruleBook.of(id, ruling, this::object).isOver(now)
                        ? new Ruling(ruling.file(), now)
                        : ruling);
    }

    /// The ignore rules in force for an application; null when it has none.
    @Nullable Ruling ruling(ApplicationId application) {
        return rulings.get(application);
    }

    RuleSet rules(ApplicationId application) {
        return ruleBook.of(application, rulings.get(application), this::object).rules();
    }

    /// How the resources of an application are judged.
    Comparison.Criteria criteria(ApplicationId application) {
        return new Comparison.Criteria(schemas(), managers, severities, rules(application));
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
        Set<ApplicationId> known = new HashSet<>();
        for (JsonNode application : rules.path("applications")) {
            known.add(ApplicationId.ofId(application.path("application").asText()));
            if (application.path("appliedBy").asText().equals("manager")) {
                names.put(
                        application.path("application").asText(),
                        application.path("appliedByName").asText());
            }
        }
        appliers = names;
        configured = known;
        rulings.keySet().retainAll(known);
        severities = SeveritiesJson.table(rules.path("severities"));
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
        String member = MemberIndex.rowKey(application, key);
        List<Digest> applied = appliedBefore.getOrDefault(member, List.of());
        if (row.path("desired").isTextual()) {
            Digest now = Digest.ofHex(row.path("desired").asText());
            applied = appliedBefore.computeIfAbsent(member, _ -> new ArrayList<>());
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

    /// The whole body of an entry; null when it has none or that is not there.
    @Nullable ObjectNode body(Entry entry) {
        Digest whole = entry.wholeBody();
        return whole == null ? entry.body() : object(whole);
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
