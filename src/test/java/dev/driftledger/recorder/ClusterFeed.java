package dev.driftledger.recorder;

import com.fasterxml.jackson.databind.JsonNode;
import dev.driftledger.intake.IntakeSink;
import dev.driftledger.ledger.Entry;
import dev.driftledger.model.ClusterRef;
import dev.driftledger.model.IntakeRecord;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// The recorder in memory behind a real watch, and the findings that are open in it.
final class ClusterFeed implements IntakeSink {
    private final MemoryLog log;
    private final Map<String, Finding> open = new LinkedHashMap<>();
    private final Set<String> deleted = new HashSet<>();
    private final Set<String> started = new HashSet<>();
    private final Set<String> schemas = new HashSet<>();
    private int watched = Integer.MAX_VALUE;
    private int openedCount;

    /// An open finding.
    ///
    /// @param about object and field, or object and class where it is about the whole
    /// @param owner as the entry has it
    record Finding(String about, String kind, JsonNode owner, JsonNode live) {
        String manager() {
            return owner.path("manager").asText();
        }

        String writer() {
            return manager()
                    + " "
                    + owner.path("operation").asText()
                    + " "
                    + owner.path("subresource").asText();
        }
    }

    ClusterFeed(ClusterRef cluster) {
        this.log = new MemoryLog(cluster);
    }

    @Override
    public synchronized CompletionStage<Void> send(IntakeRecord record) {
        log.feed(record).forEach(this::follow);
        switch (record) {
            case IntakeRecord.ObjectDeleted gone -> deleted.add(gone.uid());
            case IntakeRecord.WatchStarted begun -> started.add(begun.resourceType().path());
            case IntakeRecord.Scope scope -> watched = scope.watched().size();
            case IntakeRecord.SchemaObserved seen -> schemas.add(seen.path());
            default -> {}
        }
        return CompletableFuture.completedStage(null);
    }

    synchronized boolean isWatching(Set<String> documents) {
        return started.size() >= watched && schemas.containsAll(documents);
    }

    synchronized boolean sawDeletion(String uid) {
        return deleted.contains(uid);
    }

    synchronized int openedCount() {
        return openedCount;
    }

    synchronized int entriesCount() {
        return log.entries().size();
    }

    /// By what they are about.
    synchronized NavigableMap<String, Finding> open() {
        TreeMap<String, Finding> all = new TreeMap<>();
        open.values().forEach(finding -> all.put(finding.about(), finding));
        return all;
    }

    /// How findings name an object.
    static String name(String kind, @Nullable String namespace, String name) {
        return kind + " " + (namespace == null ? "" : namespace) + "/" + name;
    }

    private void follow(Entry entry) {
        JsonNode body = entry.body();
        if (body == null || !body.has("finding")) {
            return;
        }
        String id = body.path("finding").asText();
        if (body.path("state").asText().equals("resolved")) {
            open.remove(id);
            return;
        }
        openedCount += open.containsKey(id) ? 0 : 1;
        String kind = body.path("class").asText();
        String what = body.path("path").asText(kind);
        open.put(
                id,
                new Finding(
                        subject(entry) + " " + what, kind, body.path("owner"), body.path("live")));
    }

    private static String subject(Entry entry) {
        if (entry.subject() == null) {
            return "application";
        }
        Entry.Subject subject = Objects.requireNonNull(entry.subject());
        return name(subject.kind(), subject.namespace(), subject.name());
    }

    /// Computes all verdicts of the log again; those that come out otherwise.
    synchronized List<Recompute.Outcome> refuted() {
        return Recompute.check(log.entries(), log.blobs()).stream()
                .filter(each -> each.result() == Recompute.Result.FAIL)
                .toList();
    }

    /// All entries so far.
    synchronized List<Entry> entries() {
        return List.copyOf(log.entries());
    }
}
