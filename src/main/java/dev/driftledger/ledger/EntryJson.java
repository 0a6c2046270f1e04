package dev.driftledger.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.model.CanonicalJson;
import dev.driftledger.model.ClusterRef;
import dev.driftledger.model.Digest;
import dev.driftledger.model.Json;
import dev.driftledger.model.Rfc3339;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Entries to canonical JSON and back.
final class EntryJson {
    private static final Set<String> FIELDS =
            Set.of(
                    "actor",
                    "blob",
                    "body",
                    "cluster",
                    "correlation",
                    "digests",
                    "id",
                    "observedAt",
                    "prev",
                    "recordedAt",
                    "schema",
                    "seq",
                    "source",
                    "subject",
                    "supersedes",
                    "type",
                    "v");

    private EntryJson() {}

    static byte[] write(Entry entry) {
        return CanonicalJson.of(tree(entry), Entry.SIZE_MAX_BYTES);
    }

    private static ObjectNode tree(Entry entry) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("v", entry.v());
        root.put("type", entry.type().wireName());
        root.put("id", entry.id());
        root.putObject("source")
                .put("id", entry.source().id())
                .put("version", entry.source().version());
        root.put("seq", entry.seq());
        root.put("observedAt", Rfc3339.format(entry.observedAt()));
        root.put("recordedAt", Rfc3339.format(entry.recordedAt()));
        root.putObject("cluster")
                .put("uid", entry.cluster().uid())
                .put("name", entry.cluster().name());
        putText(root, "prev", entry.prev() == null ? null : entry.prev().hex());
        putText(root, "correlation", entry.correlation());
        putText(root, "supersedes", entry.supersedes());
        putText(root, "schema", entry.schema());
        putObjects(root, entry);
        return root;
    }

    private static void putObjects(ObjectNode root, Entry entry) {
        if (entry.actor() != null) {
            ObjectNode actor = root.putObject("actor").put("kind", entry.actor().kind());
            actor.put("confidence", entry.actor().confidence());
            putText(actor, "ref", entry.actor().ref());
            putText(actor, "via", entry.actor().via());
        }
        if (entry.subject() != null) {
            putSubject(root.putObject("subject"), entry.subject());
        }
        if (!entry.digests().isEmpty()) {
            ObjectNode digests = root.putObject("digests");
            entry.digests().forEach((name, digest) -> digests.put(name, digest.hex()));
        }
        if (entry.body() != null && !entry.body().isEmpty()) {
            root.set("body", entry.body());
        }
        if (entry.blob() != null) {
            root.putObject("blob")
                    .put("sha256", entry.blob().sha256().hex())
                    .put("size", entry.blob().size())
                    .put("mediaType", entry.blob().mediaType());
        }
    }

    private static void putSubject(ObjectNode node, Entry.Subject subject) {
        node.put("group", subject.group());
        node.put("version", subject.version());
        node.put("kind", subject.kind());
        node.put("namespace", subject.namespace());
        node.put("name", subject.name());
        putText(node, "uid", subject.uid());
        putText(node, "resourceVersion", subject.resourceVersion());
    }

    private static void putText(ObjectNode node, String name, @Nullable String value) {
        if (value != null) {
            node.put(name, value);
        }
    }

    static Entry read(byte[] bytes) {
        if (bytes.length == 0 || bytes.length > Entry.SIZE_MAX_BYTES) {
            throw new IllegalArgumentException(
                    "entry has " + bytes.length + " bytes, want 1 to " + Entry.SIZE_MAX_BYTES);
        }
        Entry entry = entry(new Fields("entry", parse(bytes), FIELDS));
        if (!Arrays.equals(write(entry), bytes)) {
            throw new IllegalArgumentException("entry " + entry.id() + " is not canonical JSON");
        }
        return entry;
    }

    private static JsonNode parse(byte[] bytes) {
        try {
            return Json.parse(bytes);
        } catch (IOException e) {
            throw new IllegalArgumentException("entry is no JSON", e);
        }
    }

    private static Entry entry(Fields root) {
        Fields cluster = root.object("cluster", Set.of("name", "uid"));
        Fields source = root.object("source", Set.of("id", "version"));
        return new Entry(
                Math.toIntExact(root.integer("v")),
                EntryType.ofWireName(root.text("type")),
                root.text("id"),
                new Entry.Source(source.text("id"), source.text("version")),
                root.integer("seq"),
                root.has("prev") ? root.digest("prev") : null,
                time(root, "observedAt"),
                time(root, "recordedAt"),
                new ClusterRef(cluster.text("uid"), cluster.text("name")),
                actor(root),
                subject(root),
                digests(root),
                root.has("body") ? root.tree("body") : null,
                blob(root),
                root.textOrNull("correlation"),
                root.textOrNull("supersedes"),
                root.textOrNull("schema"));
    }

    private static Instant time(Fields root, String name) {
        return Rfc3339.parse(root.text(name));
    }

    private static Entry.@Nullable Actor actor(Fields root) {
        if (!root.has("actor")) {
            return null;
        }
        Fields actor = root.object("actor", Set.of("kind", "ref", "via", "confidence"));
        return new Entry.Actor(
                actor.text("kind"),
                actor.textOrNull("ref"),
                actor.textOrNull("via"),
                actor.text("confidence"));
    }

    private static Entry.@Nullable Subject subject(Fields root) {
        if (!root.has("subject")) {
            return null;
        }
        Set<String> known =
                Set.of("group", "version", "kind", "namespace", "name", "uid", "resourceVersion");
        Fields subject = root.object("subject", known);
        return new Entry.Subject(
                subject.text("group"),
                subject.text("version"),
                subject.text("kind"),
                subject.text("namespace"),
                subject.text("name"),
                subject.textOrNull("uid"),
                subject.textOrNull("resourceVersion"));
    }

    private static SortedMap<String, Digest> digests(Fields root) {
        SortedMap<String, Digest> digests = new TreeMap<>();
        if (root.has("digests")) {
            ObjectNode node = root.tree("digests");
            Fields fields = new Fields("digests", node, null);
            node.fieldNames().forEachRemaining(name -> digests.put(name, fields.digest(name)));
        }
        return digests;
    }

    private static Entry.@Nullable BlobRef blob(Fields root) {
        if (!root.has("blob")) {
            return null;
        }
        Fields blob = root.object("blob", Set.of("sha256", "size", "mediaType"));
        return new Entry.BlobRef(
                blob.digest("sha256"), blob.integer("size"), blob.text("mediaType"));
    }
}
