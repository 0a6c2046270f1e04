package dev.driftledger.web;

import com.fasterxml.jackson.databind.JsonNode;
import dev.driftledger.ledger.Entry;
import dev.driftledger.ledger.EntryType;
import java.util.List;

/// Says in one English sentence what an entry states; the entry itself remains the evidence.
final class Sentence {
    private Sentence() {}

    static String of(Entry entry) {
        Body body = Body.of(entry);
        return switch (entry.type()) {
            case SCOPE -> scope(body);
            case STARTUP -> "Recording started by " + body.text("instance");
            case SHUTDOWN -> "Recording stopped: " + body.text("reason");
            case HEARTBEAT ->
                    "Still watching "
                            + body.count("typesCount")
                            + " types; "
                            + body.count("eventsCount")
                            + " events since the last one";
            case GAP -> gap(body);
            case WATCH_STARTED ->
                    "Watching "
                            + body.text("path")
                            + " from version "
                            + body.text("resourceVersion");
            case WATCH_UNAVAILABLE ->
                    "Cannot watch " + body.text("path") + ": " + body.text("reason");
            case SNAPSHOT -> snapshot(body);
            case OBJECT_OBSERVED -> observed(entry, body);
            case OBJECT_DELETED -> "Deleted" + (body.has("lastSeenAt") ? " while unobserved" : "");
            case OBJECT_UNREADABLE ->
                    "Could not be read ("
                            + body.count("sizeBytes")
                            + " bytes): "
                            + body.text("reason");
            case DESIRED_RENDERED, DESIRED_STALE, DESIRED_FRESH, SYNC_RECORDED ->
                    desired(entry.type(), body);
            case FINDING_OPENED, FINDING_UPDATED, FINDING_RESOLVED, FINDING_ACCEPTED ->
                    finding(entry, body);
            case EFFECT_OBSERVED ->
                    EffectView.words(body.text("effect"))
                            + " "
                            + body.text("change")
                            + ": "
                            + change(body, "old", "new");
            case SCHEMA_OBSERVED -> "The cluster's schema of " + body.text("path") + " was read";
            case CONFIG_CHANGED -> "Settings changed";
            case HOOK_RECEIVED -> "Called by " + body.text("source");
            case INTAKE_MALFORMED -> "Unreadable intake record: " + body.text("problem");
            case AUDIT_OBSERVED,
                    KEY_EVENT,
                    ACCESS,
                    RETENTION_EVENT,
                    LEGALHOLD_EVENT,
                    ERASURE,
                    ANCHOR,
                    EXPORT,
                    RESTORE_PLANNED,
                    RESTORE_APPLIED,
                    RESTORE_VERIFIED ->
                    Mark.words(entry.type().wireName().replace('.', '-'));
        };
    }

    /// How many types, where the lists are not too long for the entry.
    private static String scope(Body body) {
        JsonNode watched = body.node().path("watched");
        JsonNode excluded = body.node().path("excluded");
        return "Watching "
                + (watched.isArray() ? watched.size() : "the listed")
                + " types, leaving out "
                + (excluded.isArray() ? excluded.size() : "those that are listed as left out");
    }

    private static String gap(Body body) {
        return "Not watched from "
                + body.text("from")
                + " to "
                + body.text("to")
                + ": "
                + body.text("cause");
    }

    private static String snapshot(Body body) {
        return "Snapshot of "
                + ApplicationName.of(body.text("application"))
                + " with "
                + body.count("resourcesCount")
                + " resources: "
                + Mark.verdict(body.text("verdict")).label().toLowerCase(java.util.Locale.ROOT);
    }

    private static String observed(Entry entry, Body body) {
        List<String> managers = body.texts("managers");
        String version = entry.subject() == null ? null : entry.subject().resourceVersion();
        return (body.node().path("initial").asBoolean(false) ? "Found" : "Seen")
                + (version == null ? "" : " at version " + version)
                + (managers.isEmpty() ? "" : ", fields of " + String.join(", ", managers));
    }

    private static String desired(EntryType type, Body body) {
        RevisionView revision = body.revision("revision");
        String commit = revision == null ? "" : revision.shortId();
        String application = ApplicationName.of(body.text("application"));
        return switch (type) {
            case DESIRED_RENDERED ->
                    "Git now wants "
                            + body.count("resourcesCount")
                            + " resources for "
                            + application
                            + " ("
                            + commit
                            + ")";
            case DESIRED_STALE ->
                    "Git of " + application + " cannot be read: " + body.text("reason");
            case SYNC_RECORDED -> "All of " + application + " runs revision " + commit;
            default -> "Git of " + application + " can be read again";
        };
    }

    private static String finding(Entry entry, Body body) {
        String what =
                switch (entry.type()) {
                    case FINDING_OPENED -> "Finding opened: ";
                    case FINDING_RESOLVED ->
                            ended(FindingView.resolution(body.object("resolution")));
                    case FINDING_ACCEPTED -> "Finding accepted: ";
                    default -> "Finding " + changed(body.texts("changes")) + ": ";
                };
        String path = body.text("path");
        return what
                + Mark.words(body.text("class")).toLowerCase(java.util.Locale.ROOT)
                + (path.isEmpty() ? whole(entry, body) : " " + path)
                + (body.has("desired") || body.has("live")
                        ? ", " + change(body, "desired", "live")
                        : "");
    }

    private static String ended(FindingView.Resolution resolution) {
        if (resolution.unconfigured()) {
            return "Finding ended, its application is configured no more: ";
        }
        String ending = resolution.ending();
        return "Finding " + Character.toLowerCase(ending.charAt(0)) + ending.substring(1) + ": ";
    }

    private static String changed(List<String> changes) {
        return changes.isEmpty() ? "changed" : FindingView.changeWords(changes);
    }

    /// What a finding without a field is about, where the entry has no subject that says it.
    private static String whole(Entry entry, Body body) {
        return entry.subject() != null || !body.has("application")
                ? ""
                : ", " + ApplicationName.of(body.text("application"));
    }

    private static String change(Body body, String from, String to) {
        return shortened(body, from) + " → " + shortened(body, to);
    }

    private static String shortened(Body body, String name) {
        String text = body.has(name) ? body.node().path(name).toString() : "nothing";
        return text.length() > 80 ? text.substring(0, 79) + "…" : text;
    }
}
