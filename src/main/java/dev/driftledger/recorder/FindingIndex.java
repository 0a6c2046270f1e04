package dev.driftledger.recorder;

import dev.driftledger.drift.Severity;
import dev.driftledger.model.ApplicationId;
import dev.driftledger.model.ResourceKey;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Findings that are open, or ended so lately that they may come back.
final class FindingIndex {
    private final TreeMap<String, Row.Finding> rows = new TreeMap<>();
    private final Map<ApplicationId, Map<String, Integer>> open = new HashMap<>();
    private final Map<Severity, Integer> openBySeverity = new EnumMap<>(Severity.class);

    static String rowKey(Row.Finding row) {
        return rowKey(row.application(), row.resource(), row.kind(), row.path());
    }

    static String rowKey(
            ApplicationId application,
            @Nullable ResourceKey resource,
            String kind,
            @Nullable String path) {
        return prefix(application, resource) + kind + "\n" + (path == null ? "" : path);
    }

    private static String prefix(ApplicationId application, @Nullable ResourceKey resource) {
        return application.id() + "\n" + (resource == null ? "" : resource.id()) + "\n";
    }

    Row.@Nullable Finding put(String rowKey, Row.@Nullable Finding row) {
        Row.Finding old = row == null ? rows.remove(rowKey) : rows.put(rowKey, row);
        if (old != null && old.open()) {
            count(old, -1);
        }
        if (row != null && row.open()) {
            count(row, 1);
        }
        return old;
    }

    /// How many findings of a severity are open.
    int openCount(Severity severity) {
        return openBySeverity.getOrDefault(severity, 0);
    }

    private void count(Row.Finding row, int by) {
        openBySeverity.merge(row.stated().severity(), by, Integer::sum);
        Map<String, Integer> kinds = open.computeIfAbsent(row.application(), _ -> new HashMap<>());
        if (kinds.merge(row.kind(), by, Integer::sum) == 0) {
            kinds.remove(row.kind());
        }
        if (kinds.isEmpty()) {
            open.remove(row.application());
        }
    }

    Row.@Nullable Finding find(String rowKey) {
        return rows.get(rowKey);
    }

    /// All rows about one resource for one application (or about the application itself), sorted.
    List<Row.Finding> about(ApplicationId application, @Nullable ResourceKey resource) {
        String from = prefix(application, resource);
        return List.copyOf(rows.subMap(from, from + Character.MAX_VALUE).values());
    }

    /// All rows of one application, sorted.
    List<Row.Finding> of(ApplicationId application) {
        String from = application.id() + "\n";
        return List.copyOf(rows.subMap(from, from + Character.MAX_VALUE).values());
    }

    Collection<Row.Finding> all() {
        return List.copyOf(rows.values());
    }

    int openCount(ApplicationId application) {
        int sum = 0;
        for (int count : open.getOrDefault(application, Map.of()).values()) {
            sum += count;
        }
        return sum;
    }

    int openCount(ApplicationId application, String kind) {
        return open.getOrDefault(application, Map.of()).getOrDefault(kind, 0);
    }
}
