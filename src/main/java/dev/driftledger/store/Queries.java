package dev.driftledger.store;

import dev.driftledger.ledger.EntryType;
import dev.driftledger.model.ApplicationId;
import dev.driftledger.model.ClusterRef;
import dev.driftledger.model.Digest;
import dev.driftledger.model.ResourceKey;
import dev.driftledger.recorder.Decision;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/// Questions about what logs say, now or at a moment.
///
/// `at` means: the entries with `recordedAt` no later; null means all of them. Because
/// `recordedAt` never falls within a log, that is a prefix of each log, and an answer never
/// changes: a list goes on with the same prefixes however much is appended meanwhile.
/// [Page#asOf()] is the sum of their sizes.
///
/// Every method fails when the database cannot be reached.
@Singleton
public final class Queries {
    /// By hash, which the index has, and by the id itself, because hashes collide.
    private static final String IS_ABOUT =
            "hashtextextended(v.resource, 0) = hashtextextended(:resource, 0)"
                    + " AND v.resource = :resource";

    private final Mutiny.SessionFactory sessions;
    private final LogFilesStore files;
    private final StoreConfig config;

    Queries(Mutiny.SessionFactory sessions, LogFilesStore files, StoreConfig config) {
        this.sessions = sessions;
        this.files = files;
        this.config = config;
    }

    /// All logs, in the order in which they began.
    public Uni<List<LogSummary>> logs() {
        String newest =
                """
                FROM CheckpointRow c WHERE c.size =
                    (SELECT max(d.size) FROM CheckpointRow d WHERE d.cluster = c.cluster)
                """;
        return read(session ->
                session.createQuery("FROM LogRow ORDER BY number", LogRow.class)
                        .getResultList()
                        .flatMap(logs ->
                                session.createQuery(newest, CheckpointRow.class)
                                        .getResultList()
                                        .map(checkpoints -> summaries(logs, checkpoints))));
    }

    private static List<LogSummary> summaries(List<LogRow> logs, List<CheckpointRow> newest) {
        Map<String, StoredCheckpoint> byCluster =
                newest.stream()
                        .collect(Collectors.toMap(row -> row.cluster, CheckpointRow::stored));
        return logs.stream()
                .map(log ->
                        new LogSummary(
                                new ClusterRef(log.cluster, log.name),
                                log.origin,
                                log.size,
                                log.recordedAt,
                                byCluster.get(log.cluster)))
                .toList();
    }

    /// One log; empty when the cluster has none.
    public Uni<Optional<LogSummary>> log(String cluster) {
        return logs().map(logs ->
                logs.stream().filter(log -> log.cluster().uid().equals(cluster)).findFirst());
    }

    /// One entry; empty when the log does not reach that far.
    public Uni<Optional<Recorded>> entry(String cluster, long index) {
        return read(session ->
                session.createQuery(
                                "FROM EntryRow WHERE cluster = :cluster AND index = :index",
                                EntryRow.class)
                        .setParameter("cluster", cluster)
                        .setParameter("index", index)
                        .getSingleResultOrNull()
                        .map(row -> Optional.ofNullable(row).map(EntryRow::recorded)));
    }

    /// Entries `from` to `to` in order, as far as they are there.
    ///
    /// @param to exclusive; at most the configured page size maximum above `from`
    public Uni<List<Recorded>> entries(String cluster, long from, long to) {
        if (to - from > config.pageSizeMax()) {
            throw new IllegalArgumentException(
                    "asked for "
                            + (to - from)
                            + " entries at once, want at most "
                            + config.pageSizeMax());
        }
        String query =
                """
                FROM EntryRow WHERE cluster = :cluster AND index >= :from AND index < :to
                ORDER BY index
                """;
        return read(session ->
                session.createQuery(query, EntryRow.class)
                        .setParameter("cluster", cluster)
                        .setParameter("from", from)
                        .setParameter("to", to)
                        .getResultList()
                        .map(rows -> rows.stream().map(EntryRow::recorded).toList()));
    }

    /// Entries of these types, newest first.
    ///
    /// @param types empty for all
    public Uni<Page<Recorded>> entries(
            String cluster,
            Collection<EntryType> types,
            @Nullable Instant at,
            PageRequest request) {
        String wireNames =
                types.isEmpty()
                        ? null
                        : types.stream()
                                .map(EntryType::wireName)
                                .sorted()
                                .collect(Collectors.joining(","));
        Select select =
                new Select(
                                "entries",
                                cluster,
                                "",
                                "bound b JOIN entry v ON v.cluster = b.cluster AND v.idx < b.size")
                        .where("v.type = ANY (string_to_array(:types, ','))", "types", wireNames);
        if (!types.isEmpty() && !types.contains(EntryType.OBJECT_OBSERVED)) {
            select.where("v.type <> 'object.observed'"); // what the index of types leaves out
        }
        return page(select, at, request);
    }

    /// Checkpoints, largest size first.
    public Uni<Page<StoredCheckpoint>> checkpoints(
            String cluster, @Nullable Instant at, PageRequest request) {
        long question = PageToken.hash(List.of("checkpoints", cluster, String.valueOf(at)));
        String rows = "FROM CheckpointRow WHERE cluster = :cluster AND size <= :size";
        return read(session ->
                signedSize(session, cluster, at)
                        .flatMap(newest -> {
                            PageToken token = token(request, question, List.of(newest));
                            long size = token.sizes().getFirst();
                            return session.createQuery("SELECT count(*) " + rows, Long.class)
                                    .setParameter("cluster", cluster)
                                    .setParameter("size", size)
                                    .getSingleResult()
                                    .flatMap(total ->
                                            session.createQuery(
                                                            rows + " ORDER BY size DESC",
                                                            CheckpointRow.class)
                                                    .setParameter("cluster", cluster)
                                                    .setParameter("size", size)
                                                    .setFirstResult(
                                                            Math.toIntExact(token.position()))
                                                    .setMaxResults(request.limit(config))
                                                    .getResultList()
                                                    .map(found ->
                                                            page(token, total, stored(found))));
                        }));
    }

    private static List<StoredCheckpoint> stored(List<CheckpointRow> rows) {
        return rows.stream().map(CheckpointRow::stored).toList();
    }

    private static Uni<Long> signedSize(
            Mutiny.StatelessSession session, String cluster, @Nullable Instant at) {
        String condition = at == null ? "" : " AND signedAt <= :at";
        Mutiny.SelectionQuery<Long> query =
                session.createQuery(
                                "SELECT coalesce(max(size), 0) FROM CheckpointRow"
                                        + " WHERE cluster = :cluster"
                                        + condition,
                                Long.class)
                        .setParameter("cluster", cluster);
        return (at == null ? query : query.setParameter("at", at)).getSingleResult();
    }

    /// The last snapshot of every application, sorted by application.
    public Uni<Page<Recorded>> applications(
            ApplicationFilter filter, @Nullable Instant at, PageRequest request) {
        return page(filter.select(), at, request);
    }

    /// The last snapshot of an application; empty when it had none by then.
    public Uni<Optional<Recorded>> application(
            String cluster, ApplicationId application, @Nullable Instant at) {
        return first(snapshots(cluster, application), at);
    }

    /// All snapshots of an application, newest first.
    public Uni<Page<Recorded>> applicationHistory(
            String cluster, ApplicationId application, @Nullable Instant at, PageRequest request) {
        return page(snapshots(cluster, application), at, request);
    }

    private static Select snapshots(String cluster, ApplicationId application) {
        return bounded("snapshots", cluster, "snapshot").where("v.application", application.id());
    }

    /// The last version of every finding that fits, newest first.
    public Uni<Page<Recorded>> findings(
            FindingFilter filter, @Nullable Instant at, PageRequest request) {
        return page(filter.select(), at, request);
    }

    /// Every version of a finding, newest first.
    ///
    /// @param cluster uid; null when it is not known
    public Uni<Page<Recorded>> finding(
            @Nullable String cluster, String finding, @Nullable Instant at, PageRequest request) {
        Select select = bounded("finding", cluster, "finding_version").where("v.finding", finding);
        return page(select, at, request);
    }

    /// Every entry about a resource, newest first: what was seen and what was found.
    public Uni<Page<Recorded>> resourceHistory(
            String cluster, ResourceKey resource, @Nullable Instant at, PageRequest request) {
        return page(about("history", cluster, resource), at, request);
    }

    /// The last time that a resource was seen, seen gone or seen unreadable; empty when it never
    /// was. The entry's blob is the object.
    public Uni<Optional<Recorded>> resourceAt(
            String cluster, ResourceKey resource, @Nullable Instant at) {
        Select select =
                about("resource", cluster, resource).where("v.type LIKE :type", "type", "object.%");
        return first(select, at);
    }

    private static Select about(String name, String cluster, ResourceKey resource) {
        return bounded(name, cluster, "entry").where(IS_ABOUT, "resource", storable(resource));
    }

    private static String storable(ResourceKey resource) {
        return resource.id().replace('\u0000', '\uFFFD');
    }

    private static Select bounded(String name, @Nullable String cluster, String table) {
        return new Select(
                name,
                cluster,
                "",
                "bound b JOIN " + table + " v ON v.cluster = b.cluster AND v.idx < b.size");
    }

    /// When a log's first entry was recorded; empty while it has none.
    public Uni<Optional<Instant>> beganAt(String cluster) {
        return entry(cluster, 0).map(first -> first.map(it -> it.entry().recordedAt()));
    }

    /// What the platform made up, newest first: entries about side effects.
    ///
    /// @param application only what belongs to it; null for any
    /// @param resource only what it made happen; null for any
    public Uni<Page<Recorded>> effects(
            String cluster,
            @Nullable ApplicationId application,
            @Nullable ResourceKey resource,
            @Nullable Instant at,
            PageRequest request) {
        Select select =
                bounded("effects", cluster, "entry")
                        .where("v.type = 'effect.observed'")
                        .where("v.application", application == null ? null : application.id())
                        .where(IS_ABOUT, "resource", resource == null ? null : storable(resource));
        return page(select, at, request);
    }

    /// What is open about a resource, newest first.
    public Uni<Page<Recorded>> openFindings(
            String cluster, ResourceKey resource, @Nullable Instant at, PageRequest request) {
        return page(
                FindingFilter.openOf(cluster)
                        .select()
                        .where(
                                """
                                EXISTS (SELECT FROM entry o WHERE o.cluster = v.cluster
                                    AND o.idx = v.idx AND o.resource = :resource)\
                                """,
                                "resource",
                                storable(resource)),
                at,
                request);
    }

    /// When each kind of resource was really being watched.
    ///
    /// Fails with an [IllegalArgumentException] when the range holds more entries about watching
    /// than the configuration allows to read.
    public Uni<Coverage> coverage(String cluster, Instant from, Instant to) {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("from " + from + " must be before to " + to);
        }
        return read(session ->
                new CoverageReading(session, cluster, config.coverageEntriesMax()).read(from, to));
    }

    /// One blob; empty when it is not stored.
    public Uni<Optional<Decision.Blob>> blob(Digest digest) {
        return files.blob(digest);
    }

    private Uni<Optional<Recorded>> first(Select select, @Nullable Instant at) {
        return page(select, at, new PageRequest(1, null))
                .map(page -> page.items().stream().findFirst());
    }

    private Uni<Page<Recorded>> page(Select select, @Nullable Instant at, PageRequest request) {
        long question = select.question(at);
        return read(session ->
                BoundsReading.bounds(session, select.cluster(), at)
                        .flatMap(now -> {
                            PageToken token = token(request, question, now.sizes());
                            List<String> clusters = now.clusters().subList(0, token.sizes().size());
                            Bounds bounds = new Bounds(clusters, token.sizes());
                            return page(session, select, bounds, token, request.limit(config));
                        }));
    }

    private static Uni<Page<Recorded>> page(
            Mutiny.StatelessSession session,
            Select select,
            Bounds bounds,
            PageToken token,
            int limit) {
        Mutiny.SelectionQuery<Long> count =
                session.createNativeQuery(select.countSql(), Long.class);
        Mutiny.SelectionQuery<EntryRow> rows =
                session.createNativeQuery(select.pageSql(), EntryRow.class)
                        .setParameter("limit", limit)
                        .setParameter("offset", token.position());
        for (Mutiny.SelectionQuery<?> query : List.of(count, rows)) {
            query.setParameter("clusters", bounds.clustersText());
            query.setParameter("sizes", bounds.sizesText());
            select.parameters().forEach(query::setParameter);
        }
        return count.getSingleResult()
                .flatMap(total ->
                        rows.getResultList()
                                .map(found ->
                                        page(
                                                token,
                                                total,
                                                found.stream().map(EntryRow::recorded).toList())));
    }

    /// Where the request stands: at its token, or at the beginning within the sizes of now.
    private static PageToken token(PageRequest request, long question, List<Long> now) {
        if (request.token() == null) {
            return new PageToken(question, now, 0);
        }
        PageToken token = PageToken.parse(request.token(), question);
        boolean fits = token.sizes().size() <= now.size();
        for (int i = 0; fits && i < token.sizes().size(); i++) {
            fits = token.sizes().get(i) <= now.get(i) && token.sizes().get(i) >= 0;
        }
        if (!fits) {
            throw new IllegalArgumentException(
                    "page_token is of logs that are longer than these; leave it out to begin anew");
        }
        return token;
    }

    private static <T> Page<T> page(PageToken token, long total, List<T> items) {
        long end = token.position() + items.size();
        boolean more = end < total && !items.isEmpty();
        String next = more ? new PageToken(token.question(), token.sizes(), end).text() : null;
        long asOf = token.sizes().stream().mapToLong(Long::longValue).sum();
        return new Page<>(new ArrayList<>(items), total, next, asOf);
    }

    private <T> Uni<T> read(Function<Mutiny.StatelessSession, Uni<T>> question) {
        return sessions.withStatelessSession(question);
    }
}
