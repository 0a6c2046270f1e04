package dev.driftledger.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A list of entries as SQL: where they come from, which are wanted, in which order. Values are
/// always parameters.
final class Select {
    /// The last version of every finding within the bounds.
    static final String LATEST_FINDINGS =
            """
            , latest AS (
                SELECT DISTINCT ON (v.cluster, v.finding) v.*
                FROM bound b JOIN finding_version v ON v.cluster = b.cluster AND v.idx < b.size
                ORDER BY v.cluster DESC, v.finding DESC, v.idx DESC)
            """;

    /// The last snapshot of every application within the bounds. Walks from key to key of the
    /// index, because there are few applications and many snapshots of each.
    static final String LATEST_SNAPSHOTS =
            """
            , key AS (
                SELECT b.cluster, b.size,
                    (SELECT min(s.application) FROM snapshot s WHERE s.cluster = b.cluster)
                        AS application
                FROM bound b
                UNION ALL
                SELECT k.cluster, k.size,
                    (SELECT min(s.application) FROM snapshot s
                     WHERE s.cluster = k.cluster AND s.application > k.application)
                FROM key k WHERE k.application IS NOT NULL),
            latest AS (
                SELECT v.* FROM key k CROSS JOIN LATERAL (
                    SELECT * FROM snapshot s
                    WHERE s.cluster = k.cluster AND s.application = k.application
                        AND s.idx < k.size
                    ORDER BY s.idx DESC LIMIT 1) v
                WHERE k.application IS NOT NULL)
            """;

    private final String name;
    private final @Nullable String cluster;
    private final String with;
    private final String from;
    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> parameters = new LinkedHashMap<>();
    private List<String> order = List.of("v.idx DESC");

    /// Begins a list.
    ///
    /// @param name tells this question from others
    /// @param cluster uid of the only log to look at; null for all
    /// @param with further common table expressions, each after a comma
    /// @param from tables, one of them called `v` with `cluster` and `idx`
    Select(String name, @Nullable String cluster, String with, String from) {
        this.name = name;
        this.cluster = cluster;
        this.with = with;
        this.from = from;
    }

    /// Adds `column = value` unless the value is null.
    Select where(String column, @Nullable String value) {
        String parameter = "p" + parameters.size();
        return where(column + " = :" + parameter, parameter, value);
    }

    /// Adds a condition with one parameter unless the value is null.
    Select where(String condition, String parameter, @Nullable Object value) {
        if (value != null) {
            conditions.add(condition);
            parameters.put(parameter, value);
        }
        return this;
    }

    /// Adds a condition without parameters.
    Select where(String condition) {
        conditions.add(condition);
        return this;
    }

    Select orderBy(List<String> columns) {
        order = columns;
        return this;
    }

    @Nullable String cluster() {
        return cluster;
    }

    Map<String, Object> parameters() {
        return parameters;
    }

    /// What a page token of this list is bound to.
    long question(@Nullable Instant at) {
        List<String> parts = new ArrayList<>(List.of(name, "cluster", String.valueOf(cluster)));
        new TreeMap<>(parameters).forEach((key, value) -> parts.add(key + "=" + value));
        parts.addAll(conditions);
        parts.add("at=" + at);
        return PageToken.hash(parts);
    }

    String countSql() {
        return Bounds.SQL + with + "SELECT count(*) FROM " + from + condition();
    }

    /// A page of rows of `entry`; parameters `limit` and `offset`.
    String pageSql() {
        String by = String.join(", ", order);
        return Bounds.SQL
                + with
                + ", page AS (SELECT v.cluster, v.idx, row_number() OVER (ORDER BY "
                + by
                + ") AS n"
                + " FROM "
                + from
                + condition()
                + " ORDER BY "
                + by
                + " LIMIT :limit OFFSET :offset)"
                + " SELECT e.cluster, e.idx, e.bytes FROM page"
                + " JOIN entry e ON e.cluster = page.cluster AND e.idx = page.idx ORDER BY page.n";
    }

    private String condition() {
        return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
    }
}
