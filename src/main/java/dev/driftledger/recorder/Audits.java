package dev.driftledger.recorder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.drift.AuditMatch;
import dev.driftledger.drift.ManagerTable;
import dev.driftledger.drift.Owner;
import dev.driftledger.model.ApplicationId;
import dev.driftledger.model.Digest;
import dev.driftledger.model.IntakeRecord.AuditObserved;
import dev.driftledger.model.ObjectBytes;
import dev.driftledger.model.ResourceKey;
import dev.driftledger.model.Rfc3339;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Remembers the writes that the audit log told lately and names the users of changes by them.
/// Audit events may come some seconds before or after what they explain.
final class Audits {
    private static final Duration NEAR = Duration.ofSeconds(10);
    private static final Duration DELETION_NEAR = Duration.ofSeconds(60);
    private static final Set<String> WRITES =
            Set.of("create", "update", "patch", "apply", "delete", "deletecollection");

    /// How the names of users begin that are programs of the cluster.
    private static final List<String> MACHINES =
            List.of(
                    "system:serviceaccount:",
                    "system:node:",
                    "system:kube-",
                    "system:apiserver",
                    "system:cloud-controller-manager");

    private static final Set<String> DELETIONS = Set.of("delete", "deletecollection");

    private Audits() {}

    static void observe(Draft draft, AuditObserved observed) {
        JsonNode event = observed.event();
        JsonNode object = event.path("objectRef");
        if (!event.path("stage").asText().equals("ResponseComplete")
                || event.path("responseStatus").path("code").asInt() >= 300
                || !WRITES.contains(event.path("verb").asText())
                || AuditMatch.isDryRun(event)) {
            return;
        }
        ObjectNode kept = kept(event);
        Instant at = time(event, observed.observedAt());
        Row.Audit row =
                new Row.Audit(
                        at,
                        object.path("apiGroup").asText(),
                        object.path("resource").asText(),
                        object.path("namespace").asText(),
                        object.path("name").asText(),
                        ObjectBytes.digest(kept),
                        kept);
        String key = Rfc3339.format(at) + " " + SafeJson.text(event.path("auditID").asText());
        draft.put(Part.AUDIT, key, row);
        prune(draft, at.minus(draft.limits().auditsKept()));
        enrich(draft, row);
    }

    private static Instant time(JsonNode event, Instant otherwise) {
        try {
            return Rfc3339.parse(event.path("stageTimestamp").asText());
        } catch (IllegalArgumentException _) {
            return otherwise;
        }
    }

    /// Only what attribution reads: never a request's body.
    private static ObjectNode kept(JsonNode event) {
        ObjectNode kept = JsonNodeFactory.instance.objectNode();
        for (String name :
                List.of(
                        "auditID",
                        "stage",
                        "verb",
                        "userAgent",
                        "requestURI",
                        "requestReceivedTimestamp",
                        "stageTimestamp")) {
            if (event.path(name).isTextual()) {
                kept.put(name, SafeJson.text(event.path(name).textValue()));
            }
        }
        kept.set("objectRef", SafeJson.of(event.path("objectRef")));
        kept.putObject("responseStatus")
                .put("code", event.path("responseStatus").path("code").asInt());
        for (String name : List.of("user", "impersonatedUser")) {
            if (event.path(name).path("username").isTextual()) {
                kept.putObject(name)
                        .put("username", SafeJson.text(event.path(name).path("username").asText()));
            }
        }
        return kept;
    }

    private static void prune(Draft draft, Instant before) {
        SortedMap<String, Row.Audit> rows = draft.state().audits();
        for (Map.Entry<String, Row.Audit> row : List.copyOf(rows.entrySet())) {
            boolean few = rows.size() <= draft.limits().auditsCount();
            if (few && !row.getValue().at().isBefore(before)) {
                return;
            }
            draft.remove(Part.AUDIT, row.getKey());
        }
    }

    /// An owner and the audit event that names its user.
    ///
    /// @param audit digest of the event; null when none names one
    record Named(Owner owner, @Nullable Digest audit) {
        SortedMap<String, Digest> with(SortedMap<String, Digest> digests) {
            SortedMap<String, Digest> all = new TreeMap<>(digests);
            if (audit != null) {
                all.put("audit", audit);
            }
            return all;
        }
    }

    /// Names the user of a change of the object, when an event explains it; keeps that event.
    static Named explain(Draft draft, Owner owner, ResourceKey key, Instant changedAt) {
        for (Row.Audit row : about(draft, key, changedAt, NEAR)) {
            Owner named = AuditMatch.withUser(owner, row.event(), key, changedAt);
            if (!named.equals(owner)) {
                String user = user(row.event());
                return named(draft, named.withUser(user).withType(typed(draft, named, user)), row);
            }
        }
        return new Named(owner, null);
    }

    /// Who deleted the object, by the last deletion told within a minute.
    static Named deleter(Draft draft, ResourceKey key, Instant deletedAt) {
        for (Row.Audit row : about(draft, key, deletedAt, DELETION_NEAR)) {
            if (isDeletion(row)) {
                return named(draft, actor(row.event(), draft.managers()), row);
            }
        }
        return new Named(Owner.UNKNOWN, null);
    }

    /// Who wrote the object about that time, by the audit log alone.
    static Named writer(Draft draft, ResourceKey key, Instant changedAt) {
        for (Row.Audit row : about(draft, key, changedAt, NEAR)) {
            if (!isDeletion(row)) {
                return named(draft, actor(row.event(), draft.managers()), row);
            }
        }
        return new Named(Owner.UNKNOWN, null);
    }

    private static boolean isDeletion(Row.Audit row) {
        return DELETIONS.contains(row.event().path("verb").asText());
    }

    private static Named named(Draft draft, Owner owner, Row.Audit row) {
        return new Named(
                owner, draft.keep("application/json", ObjectBytes.of(row.event())).sha256());
    }

    /// Nearest in time first.
    private static List<Row.Audit> about(Draft draft, ResourceKey key, Instant at, Duration near) {
        List<Row.Audit> found = new ArrayList<>();
        Row.Watch watch = draft.state().watch(MemberIndex.Kind.of(key));
        for (Row.Audit row : draft.state().audits().values()) {
            if (row.group().equals(key.group())
                    && row.namespace().equals(key.namespace())
                    && (row.name().isEmpty() || row.name().equals(key.name()))
                    && (watch == null || watch.type().plural().equals(row.plural()))
                    && Duration.between(row.at(), at).abs().compareTo(near) <= 0) {
                found.add(row);
            }
        }
        found.sort(
                java.util.Comparator.comparing(
                        (Row.Audit row) -> Duration.between(row.at(), at).abs()));
        return found;
    }

    /// Who sent a request. What a client calls itself is its own choice, so only a machine's user
    /// may be known by it. A deletion has no field manager, so its program is named.
    private static Owner actor(JsonNode event, ManagerTable managers) {
        String program = program(event);
        String manager = AuditMatch.fieldManager(event);
        boolean deletion = DELETIONS.contains(event.path("verb").asText());
        String user = user(event);
        Owner.Type named = managers.typeOf(program);
        Owner.Type type =
                isMachine(user) && named != Owner.Type.RECONCILER
                        ? Owner.Type.CONTROLLER
                        : typed(named, user);
        return new Owner(
                type,
                deletion && !program.isEmpty() ? program : manager,
                null,
                null,
                null,
                user.isEmpty() ? null : user,
                Owner.Evidence.AUDIT);
    }

    /// The user of an event: of one who acts as another the person, where one of them is.
    private static String user(JsonNode event) {
        String user = event.path("user").path("username").asText();
        String other = event.path("impersonatedUser").path("username").asText();
        return other.isEmpty() || (isMachine(other) && !isMachine(user)) ? user : other;
    }

    /// A name that no table knows, as the applier's own may be, is no evidence of a person and none
    /// against one: there it counts who else writes under it.
    private static Owner.Type typed(Draft draft, Owner owner, String user) {
        String manager = owner.manager();
        if (manager != null && draft.managers().typeOf(manager) != Owner.Type.UNKNOWN) {
            return typed(owner.type(), user);
        }
        if (isBorrowed(draft, manager, user)) {
            return Owner.Type.HUMAN;
        }
        return owner.type() == Owner.Type.HUMAN ? Owner.Type.UNKNOWN : owner.type();
    }

    /// Whether the user is a person who wrote under a name that mostly another user writes under,
    /// or did first, as far as the remembered events tell. A deletion is under nobody's name.
    static boolean isBorrowed(Draft draft, @Nullable String manager, @Nullable String user) {
        if (manager == null || user == null || user.isEmpty() || isMachine(user)) {
            return false;
        }
        Map<String, Integer> writes = new LinkedHashMap<>();
        for (Row.Audit row : draft.state().audits().values()) {
            if (!isDeletion(row) && manager.equals(manager(row.event()))) {
                writes.merge(user(row.event()), 1, Integer::sum);
            }
        }
        int most = writes.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        for (Map.Entry<String, Integer> each : writes.entrySet()) {
            if (each.getValue() == most) {
                return !each.getKey().equals(user);
            }
        }
        return false;
    }

    /// The field manager of a write: the one it names, else the one that the API server takes from
    /// the name of the program.
    private static String manager(JsonNode event) {
        String named = AuditMatch.fieldManager(event);
        return named == null ? program(event) : named;
    }

    private static String program(JsonNode event) {
        String agent = event.path("userAgent").asText();
        return agent.contains("/") ? agent.substring(0, agent.indexOf('/')) : agent;
    }

    /// A person is one under whatever name a tool writes, and a machine is none.
    private static Owner.Type typed(Owner.Type named, String user) {
        if (user.isEmpty()) {
            return named;
        }
        if (!isMachine(user)) {
            return Owner.Type.HUMAN;
        }
        return named == Owner.Type.HUMAN ? Owner.Type.CONTROLLER : named;
    }

    private static boolean isMachine(String user) {
        return MACHINES.stream().anyMatch(user::startsWith);
    }

    private static void enrich(Draft draft, Row.Audit row) {
        for (Row.Watch watch : List.copyOf(draft.state().watches().values())) {
            if (watch.type().group().equals(row.group())
                    && watch.type().plural().equals(row.plural())) {
                ResourceKey key =
                        new ResourceKey(
                                row.group(), watch.type().kind(), row.namespace(), row.name());
                for (ApplicationId application : draft.state().applications().keySet()) {
                    for (Row.Finding finding : draft.state().findings().about(application, key)) {
                        enrich(draft, finding, key);
                    }
                }
            }
        }
    }

    /// Names the user by the event that is nearest to the change; one that comes later may be it.
    private static void enrich(Draft draft, Row.Finding finding, ResourceKey key) {
        if (!finding.open()) {
            return;
        }
        Instant changedAt = finding.life().changedAt();
        Row.Stated stated = finding.stated();
        Named named =
                switch (finding.kind()) {
                    case Claim.MISSING -> deleter(draft, key, changedAt);
                    case Claim.ERASED -> writer(draft, key, changedAt);
                    default -> explain(draft, stated.owner().withoutUser(), key, changedAt);
                };
        Digest known = stated.digests().get("audit");
        if (named.audit() != null && !Objects.equals(named.audit(), known)) {
            Row.Finding told = finding.with(stated.by(named.owner(), named.with(stated.digests())));
            draft.put(told);
            FindingEntry.updated(draft, told, List.of("owner"));
        }
    }
}
