package dev.driftledger.recorder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.drift.ManagerTable;
import dev.driftledger.drift.Schemas;
import dev.driftledger.drift.Severities;
import dev.driftledger.ledger.Entry;
import dev.driftledger.model.ApplicationId;
import dev.driftledger.model.ClusterRef;
import dev.driftledger.model.Digest;
import dev.driftledger.model.IntakeRecord;
import dev.driftledger.model.Json;
import dev.driftledger.model.RecorderConfig;
import dev.driftledger.model.RecorderLimits;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A decision in the making. Rows that are put are in the state at once; [#undo()] takes all of
/// them back.
final class Draft {
    private final RecorderState state;
    private final IntakeRecord record;
    private final Instant recordedAt;
    private final BlobSource stored;
    private final List<Entry> entries = new ArrayList<>();
    private final SortedMap<Digest, Decision.Blob> blobs = new TreeMap<>();
    private final Map<Digest, Decision.Blob> offered = new HashMap<>();
    private final Map<Slot, Change> changed = new LinkedHashMap<>();
    private final Map<Digest, ObjectNode> objects = new HashMap<>();
    private final TreeSet<ApplicationId> touched = new TreeSet<>();
    private final TreeSet<ApplicationId> applied = new TreeSet<>();
    private final TreeSet<ApplicationId> reviewed = new TreeSet<>();

    private record Slot(Part part, String key) {}

    private record Change(@Nullable Row before, @Nullable Row after) {}

    Draft(RecorderState state, IntakeRecord record, Instant recordedAt, BlobSource stored) {
        this.state = state;
        this.record = record;
        this.stored = stored;
        Row.Clock clock = state.clock();
        Instant now = recordedAt.truncatedTo(ChronoUnit.MILLIS);
        this.recordedAt =
                clock != null && clock.recordedAt().isAfter(now) ? clock.recordedAt() : now;
    }

    /// A fresh draft for the same record.
    Draft again() {
        return new Draft(state, record, recordedAt, stored);
    }

    RecorderState state() {
        return state;
    }

    /// The cluster by the name that the record gives it, and only where it gives none by the last
    /// one: who loaded the state, and when, must not be in what is written.
    ClusterRef cluster() {
        return record instanceof IntakeRecord.Malformed
                ? new ClusterRef(record.cluster().uid(), state.name())
                : record.cluster();
    }

    /// When the record was recorded; never before any earlier record.
    Instant now() {
        return recordedAt;
    }

    /// When the sender saw what the record says.
    Instant observedAt() {
        return record.observedAt();
    }

    void put(Part part, String key, Row row) {
        set(part, key, row);
    }

    void remove(Part part, String key) {
        set(part, key, null);
    }

    private void set(Part part, String key, @Nullable Row row) {
        Row old = state.put(part, key, row);
        changed.merge(
                new Slot(part, key),
                new Change(old, row),
                (first, last) -> new Change(first.before(), last.after()));
    }

    void put(ApplicationRow row) {
        ApplicationRow old = state.applications().get(row.id());
        put(Part.APPLICATION, row.id().id(), row);
        if (old == null || !row.with(old.summary()).equals(old)) {
            touch(row.id());
        }
    }

    void put(Row.Member row) {
        put(Part.MEMBER, MemberIndex.rowKey(row.application(), row.key()), row);
        touch(row.application());
    }

    /// A member whose standing stays, while what rules hide of it has other values.
    void retell(Row.Member row) {
        put(Part.MEMBER, MemberIndex.rowKey(row.application(), row.key()), row);
        stir(row.application());
    }

    void put(Row.Resource row) {
        put(Part.RESOURCE, row.key().id(), row);
    }

    /// An open finding that goes on does not touch the application: its list stays the same.
    void put(Row.Finding row) {
        String key = FindingIndex.rowKey(row);
        Row.Finding old = state.findings().find(key);
        put(Part.FINDING, key, row);
        if (row.open() != (old != null && old.open())) {
            touch(row.application());
        }
    }

    /// Says that the application's summary may have changed.
    void touch(ApplicationId application) {
        touched.add(application);
    }

    /// Says that an object of the application changed, or what its Pods run, if nothing else did.
    void stir(ApplicationId application) {
        ApplicationRow row = state.applications().get(application);
        if (row != null && !row.summary().stirred()) {
            put(row.with(row.summary().objectChanged()));
        }
    }

    /// Says that the application got a new applied revision.
    void applied(ApplicationId application) {
        applied.add(application);
        touched.add(application);
    }

    boolean isApplied(ApplicationId application) {
        return applied.contains(application);
    }

    Set<ApplicationId> touched() {
        return touched;
    }

    /// Says that what is wrong with the application's ignore rules may have changed.
    void review(ApplicationId application) {
        reviewed.add(application);
    }

    Set<ApplicationId> reviewed() {
        return reviewed;
    }

    /// Keeps content beside the log.
    Entry.BlobRef keep(String mediaType, byte[] content) {
        Digest digest = Digest.of(content);
        blobs.put(digest, new Decision.Blob(mediaType, new ContentBytes(content)));
        return new Entry.BlobRef(digest, content.length, mediaType);
    }

    /// Keeps content beside the log if an entry names it by its digest.
    Digest offer(String mediaType, byte[] content) {
        Digest digest = Digest.of(content);
        offered.put(digest, new Decision.Blob(mediaType, new ContentBytes(content)));
        return digest;
    }

    /// Makes an object known that a later step of this decision may ask for.
    void remember(Digest digest, ObjectNode object) {
        objects.put(digest, object);
    }

    /// The JSON object with that digest; null when it is nowhere or is no JSON object.
    @Nullable ObjectNode object(Digest digest) {
        ObjectNode known = objects.get(digest);
        if (known != null) {
            return known;
        }
        JsonNode read = json(digest);
        if (read instanceof ObjectNode object) {
            objects.put(digest, object);
            return object;
        }
        return null;
    }

    /// The JSON value with that digest; null when it is nowhere or is no JSON.
    @Nullable JsonNode json(Digest digest) {
        Decision.Blob fresh = blobs.get(digest);
        byte[] bytes = fresh != null ? fresh.content().bytes() : stored.find(digest);
        if (bytes == null) {
            return null;
        }
        try {
            return Json.parse(bytes);
        } catch (IOException _) {
            return null;
        }
    }

    Schemas schemas() {
        return state.schemaSet().schemas(this::object);
    }

    ManagerTable managers() {
        return state.schemaSet().managers();
    }

    Severities severities() {
        return state.schemaSet().severities();
    }

    /// The ignore rules in force for an application.
    RuleBook.InForce rules(ApplicationId application) {
        ApplicationRow row = state.applications().get(application);
        Ruling ruling = row == null ? null : row.rules();
        return state.ruleBook().of(application, ruling, this::object);
    }

    /// How much is remembered and written, by the settings in force.
    RecorderLimits limits() {
        RecorderConfig config = state.config();
        return config == null ? RecorderLimits.DEFAULT : config.limits();
    }

    /// Writes an entry and returns it.
    Entry write(Statement statement) {
        Entry entry = Chains.next(this, statement);
        for (Digest digest : entry.digests().values()) {
            Decision.Blob wanted = offered.get(digest);
            if (wanted != null) {
                blobs.put(digest, wanted);
            }
        }
        entries.add(entry);
        return entry;
    }

    boolean wrote() {
        return !entries.isEmpty();
    }

    boolean empty() {
        return entries.isEmpty() && changed.isEmpty();
    }

    /// Takes back every row that was put.
    void undo() {
        List<Map.Entry<Slot, Change>> all = new ArrayList<>(changed.entrySet());
        for (Map.Entry<Slot, Change> change : all.reversed()) {
            state.put(change.getKey().part(), change.getKey().key(), change.getValue().before());
        }
        state.schemaSet().forget();
        changed.clear();
    }

    /// The decision; each row that differs from before once, as it ended.
    Decision finish() {
        List<StateChange> changes = new ArrayList<>(changed.size());
        changed.forEach((slot, change) -> {
            Row after = change.after();
            if (!Objects.equals(change.before(), after)) {
                changes.add(
                        new StateChange(
                                slot.part().label(),
                                slot.key(),
                                after == null ? null : RowJson.write(after)));
            }
        });
        return new Decision(entries, blobs, changes);
    }
}
