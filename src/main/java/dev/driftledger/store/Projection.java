package dev.driftledger.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.driftledger.ledger.Entry;
import dev.driftledger.ledger.EntryType;
import dev.driftledger.model.ResourceKey;
import dev.driftledger.model.Rfc3339;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rows by which entries are found, each derived from one entry and nothing else.
///
/// It never refuses an entry: what an entry should say and does not is left out of its row.
/// Characters that PostgreSQL cannot hold become U+FFFD here; the entry's own bytes keep them.
record Projection(List<FindingVersion> findings, List<Snapshot> snapshots) {

    /// An entry about a finding.
    record FindingVersion(
            long index,
            Instant recordedAt,
            String finding,
            String state,
            @Nullable String findingClass,
            @Nullable String application,
            @Nullable String namespace,
            @Nullable String kind,
            @Nullable String owner,
            Instant openedAt) {}

    /// A snapshot entry.
    record Snapshot(
            long index,
            String application,
            @Nullable String verdict,
            @Nullable String namespace,
            @Nullable String reconciler) {}

    /// The rows of entries that follow each other from `firstIndex` on.
    static Projection of(long firstIndex, List<Entry> entries) {
        Projection rows = new Projection(new ArrayList<>(), new ArrayList<>());
        for (int i = 0; i < entries.size(); i++) {
            rows.add(firstIndex + i, entries.get(i));
        }
        return rows;
    }

    private void add(long index, Entry entry) {
        JsonNode body = body(entry);
        String finding = text(body, "finding");
        if (isFinding(entry.type()) && finding != null) {
            findings.add(finding(index, entry, body, finding));
        }
        String application = text(body, "application");
        if (entry.type() == EntryType.SNAPSHOT && application != null) {
            snapshots.add(
                    new Snapshot(
                            index,
                            application,
                            text(body, "verdict"),
                            text(body, "namespace"),
                            text(body, "reconciler")));
        }
    }

    /// The resource that an entry is about; null when it is about none.
    static @Nullable String resource(Entry entry) {
        Entry.Subject subject = entry.subject();
        return subject == null
                ? null
                : storable(
                        new ResourceKey(
                                        subject.group(),
                                        subject.kind(),
                                        subject.namespace(),
                                        subject.name())
                                .id());
    }

    /// The application that an entry about a resource names; null when it names none.
    static @Nullable String application(Entry entry) {
        return entry.subject() == null ? null : text(body(entry), "application");
    }

    private static JsonNode body(Entry entry) {
        return entry.body() == null ? MissingNode.getInstance() : entry.body();
    }

    private static boolean isFinding(EntryType type) {
        return type == EntryType.FINDING_OPENED
                || type == EntryType.FINDING_UPDATED
                || type == EntryType.FINDING_RESOLVED
                || type == EntryType.FINDING_ACCEPTED;
    }

    private static FindingVersion finding(long index, Entry entry, JsonNode body, String finding) {
        Entry.Subject subject = entry.subject();
        String state = text(body, "state");
        String implied = entry.type() == EntryType.FINDING_RESOLVED ? "resolved" : "open";
        return new FindingVersion(
                index,
                entry.recordedAt(),
                finding,
                state == null ? implied : state,
                text(body, "class"),
                text(body, "application"),
                subject == null ? null : storable(subject.namespace()),
                subject == null ? null : storable(subject.kind()),
                text(body.path("owner"), "type"),
                openedAt(entry, body));
    }

    private static Instant openedAt(Entry entry, JsonNode body) {
        try {
            return Rfc3339.parse(body.path("openedAt").asText());
        } catch (IllegalArgumentException _) {
            return entry.observedAt(); // no readable openedAt: the entry's own time is the best
        }
    }

    private static @Nullable String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isTextual() ? storable(value.textValue()) : null;
    }

    private static String storable(String text) {
        return text.replace('\u0000', '\uFFFD');
    }
}
