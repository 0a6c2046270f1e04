package dev.driftledger.recorder;

import dev.driftledger.drift.Severity;
import dev.driftledger.model.ApplicationId;
import dev.driftledger.model.ClusterRef;
import dev.driftledger.model.RecorderConfig;
import dev.driftledger.model.ResourceKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What the recorder remembers of one cluster: a mutable image in memory of its stored rows.
///
/// [Recorder#decide] changes it and says so in [Decision#changes()]; applying the same changes to
/// an equal state gives an equal state. When a decision could not be stored, discard the state and
/// load it again. Not thread-safe: one owner at a time.
public final class RecorderState {
    private final ClusterRef cluster;
    private final ResourceIndex resources = new ResourceIndex();
    private final MemberIndex members = new MemberIndex();
    private final FindingIndex findings = new FindingIndex();
    private final SortedMap<ApplicationId, ApplicationRow> applications = new TreeMap<>();
    private final TreeSet<ApplicationId> unlisted = new TreeSet<>();
    private final TreeSet<ApplicationId> stirred = new TreeSet<>();
    private final TreeMap<String, Row.Chain> sources = new TreeMap<>();
    private final TreeMap<String, Row.Watch> watches = new TreeMap<>();
    private final TreeMap<String, Row.Schema> schemas = new TreeMap<>();
    private final TreeMap<String, Row.ListPart> listParts = new TreeMap<>();
    private final TreeMap<String, Row.Tolerated> tolerated = new TreeMap<>();
    private final TreeMap<String, Row.Tombstone> tombstones = new TreeMap<>();
    private final TreeMap<String, Row.Audit> audits = new TreeMap<>();
    private final TreeMap<MemberIndex.Kind, String> pathsOfKinds = new TreeMap<>();
    private final SchemaSet schemaSet = new SchemaSet(this);
    private final RuleBook ruleBook = new RuleBook();
    private Row.@Nullable Name name;
    private Row.@Nullable Clock clock;
    private Row.@Nullable Settings settings;

    private RecorderState(ClusterRef cluster) {
        this.cluster = cluster;
    }

    /// The state that these rows make; no rows make the state before the first record.
    ///
    /// @throws IllegalArgumentException when a row is none of ours, naming part and key
    public static RecorderState of(ClusterRef cluster, Iterable<StateChange> rows) {
        RecorderState state = new RecorderState(cluster);
        rows.forEach(state::apply);
        return state;
    }

    /// Takes one change over.
    ///
    /// @throws IllegalArgumentException when it is none of ours, naming part and key
    public void apply(StateChange change) {
        try {
            Part part = Part.ofLabel(change.part());
            Row row = change.value() == null ? null : RowJson.read(change.value(), part.rowClass());
            put(part, change.key(), row);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    "state row " + change.part() + "/" + change.key() + ": " + e.getMessage(), e);
        }
    }

    /// Sets or removes one row and returns the one before.
    @Nullable Row put(Part part, String key, @Nullable Row row) {
        return switch (part) {
            case SOURCE -> set(sources, key, (Row.Chain) row);
            case CLUSTER -> {
                Row old = name;
                name = (Row.Name) row;
                yield old;
            }
            case CLOCK -> {
                Row old = clock;
                clock = (Row.Clock) row;
                yield old;
            }
            case CONFIG -> {
                Row old = settings;
                settings = (Row.Settings) row;
                yield old;
            }
            case WATCH -> putWatch(key, (Row.Watch) row);
            case SCHEMA -> {
                schemaSet.forget();
                yield set(schemas, key, (Row.Schema) row);
            }
            case RESOURCE -> putResource(ResourceKey.ofId(key), (Row.Resource) row);
            case TOMBSTONE -> set(tombstones, key, (Row.Tombstone) row);
            case APPLICATION -> putApplication(ApplicationId.ofId(key), (ApplicationRow) row);
            case LIST_PART -> set(listParts, key, (Row.ListPart) row);
            case MEMBER -> members.put(key, (Row.Member) row);
            case TOLERATED -> set(tolerated, key, (Row.Tolerated) row);
            case FINDING -> findings.put(key, (Row.Finding) row);
            case AUDIT -> set(audits, key, (Row.Audit) row);
        };
    }

    private static <K, R> @Nullable R set(Map<K, R> map, K key, @Nullable R row) {
        return row == null ? map.remove(key) : map.put(key, row);
    }

    private @Nullable ApplicationRow putApplication(
            ApplicationId id, @Nullable ApplicationRow row) {
        mark(unlisted, id, row != null && row.summary().dirty());
        mark(stirred, id, row != null && row.summary().stirred());
        if (row == null) {
            ruleBook.forget(id);
        }
        return set(applications, id, row);
    }

    private static void mark(Set<ApplicationId> marked, ApplicationId id, boolean isMarked) {
        if (isMarked) {
            marked.add(id);
        } else {
            marked.remove(id);
        }
    }

    private Row.@Nullable Watch putWatch(String path, Row.@Nullable Watch row) {
        Row.Watch old = set(watches, path, row);
        if (old != null) {
            pathsOfKinds.remove(kind(old), path);
        }
        if (row != null) {
            pathsOfKinds.put(kind(row), path);
        }
        return old;
    }

    private static MemberIndex.Kind kind(Row.Watch row) {
        return new MemberIndex.Kind(row.type().group(), row.type().kind());
    }

    private Row.@Nullable Resource putResource(ResourceKey key, Row.@Nullable Resource row) {
        Row.Resource old = resources.put(key, row);
        if (SchemaSet.isDefinition(key)
                && (old == null || row == null || !old.content().equals(row.content()))) {
            schemaSet.forget();
        }
        return old;
    }

    /// The cluster whose state this is, under the name that whoever loaded it knew.
    public ClusterRef cluster() {
        return cluster;
    }

    /// When the last record that did anything was recorded; null before the first.
    public @Nullable Instant lastAliveAt() {
        return clock == null ? null : clock.recordedAt();
    }

    /// By type path, up to which resourceVersion changes were seen: where watching can go on.
    public SortedMap<String, String> resourceVersions() {
        SortedMap<String, String> versions = new TreeMap<>();
        watches.forEach((path, row) -> {
            if (row.started() && row.resourceVersion() != null) {
                versions.put(path, row.resourceVersion());
            }
        });
        return versions;
    }

    /// By path, the content hash of each OpenAPI document that is known.
    public SortedMap<String, String> schemaHashes() {
        SortedMap<String, String> hashes = new TreeMap<>();
        schemas.forEach((path, row) -> hashes.put(path, row.contentHash()));
        return hashes;
    }

    /// The live objects, as a watcher that starts needs them; sorted by key.
    public List<KnownObject> knownObjects() {
        List<KnownObject> known = new ArrayList<>();
        for (Row.Resource row : resources.all()) {
            known.add(
                    new KnownObject(
                            row.path(),
                            row.key(),
                            row.uid(),
                            row.resourceVersion(),
                            row.fingerprint(),
                            row.seenAt()));
        }
        return known;
    }

    /// By application, the newest revision that was rendered.
    public SortedMap<ApplicationId, String> heads() {
        SortedMap<ApplicationId, String> heads = new TreeMap<>();
        applications.forEach((id, row) -> {
            if (row.head() != null) {
                heads.put(id, row.head().id());
            }
        });
        return heads;
    }

    /// How many findings of a severity are open.
    public int openFindingsCount(Severity severity) {
        return findings.openCount(severity);
    }

    /// The keys of the parts of lists that wait for an application, sorted.
    List<String> listParts(ApplicationId application) {
        return List.copyOf(of(application, listParts).keySet());
    }

    /// The live objects that nobody names and that rules of an application hide, sorted; a copy.
    List<Row.Tolerated> tolerated(ApplicationId application) {
        return List.copyOf(of(application, tolerated).values());
    }

    /// Whether rules hide any live object that nobody names.
    boolean toleratesAny() {
        return !tolerated.isEmpty();
    }

    /// How many live objects that nobody names the rules of an application hide.
    int toleratedCount(ApplicationId application) {
        return of(application, tolerated).size();
    }

    Row.@Nullable Tolerated tolerated(ApplicationId application, ResourceKey key) {
        return tolerated.get(MemberIndex.rowKey(application, key));
    }

    private static <R> SortedMap<String, R> of(
            ApplicationId application, NavigableMap<String, R> rows) {
        String from = application.id() + "\n";
        return rows.subMap(from, from + Character.MAX_VALUE);
    }

    /// The settings in force; null before the first
    /// [dev.driftledger.model.IntakeRecord.ConfigChanged].
    public @Nullable RecorderConfig config() {
        return settings == null ? null : settings.config();
    }

    /// One live object as last seen.
    ///
    /// @param path of its type
    /// @param fingerprint the sender's, handed back
    /// @param seenAt when this version was seen
    public record KnownObject(
            String path,
            ResourceKey key,
            String uid,
            String resourceVersion,
            String fingerprint,
            Instant seenAt) {}

    ResourceIndex resources() {
        return resources;
    }

    MemberIndex members() {
        return members;
    }

    FindingIndex findings() {
        return findings;
    }

    SchemaSet schemaSet() {
        return schemaSet;
    }

    RuleBook ruleBook() {
        return ruleBook;
    }

    SortedMap<ApplicationId, ApplicationRow> applications() {
        return applications;
    }

    /// The applications of which a verdict, a revision or the list changed since their last
    /// snapshot; a copy.
    List<ApplicationId> unlisted() {
        return List.copyOf(unlisted);
    }

    /// The applications of which anything changed since their last snapshot; a copy.
    List<ApplicationId> stirred() {
        return List.copyOf(stirred);
    }

    SortedMap<String, Row.Watch> watches() {
        return watches;
    }

    SortedMap<String, Row.Schema> schemas() {
        return schemas;
    }

    SortedMap<String, Row.Tombstone> tombstones() {
        return tombstones;
    }

    SortedMap<String, Row.Audit> audits() {
        return audits;
    }

    Row.@Nullable Chain chain(String source) {
        return sources.get(source);
    }

    /// What the cluster is called; its uid before any record said it.
    String name() {
        return name == null ? cluster.uid() : name.name();
    }

    Row.@Nullable Clock clock() {
        return clock;
    }

    Row.@Nullable Settings settings() {
        return settings;
    }

    /// How the kind is watched; null when it is not.
    Row.@Nullable Watch watch(MemberIndex.Kind kind) {
        String path = pathsOfKinds.get(kind);
        return path == null ? null : watches.get(path);
    }

    /// The settings of one application; null when it is not configured.
    RecorderConfig.@Nullable Application configured(ApplicationId application) {
        return settings == null ? null : settings.config().application(application);
    }
}
