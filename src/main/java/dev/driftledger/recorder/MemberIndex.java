package dev.driftledger.recorder;

import dev.driftledger.model.ApplicationId;
import dev.driftledger.model.ResourceKey;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The resources that applications name, found by application, by resource and by namespace.
final class MemberIndex {
    private final SortedMap<ApplicationId, Group> groups = new TreeMap<>();
    private final Map<ResourceKey, SortedSet<ApplicationId>> claims = new HashMap<>();
    private final SortedMap<String, SortedMap<ApplicationId, Integer>> reach = new TreeMap<>();

    /// The members of one application and what they add up to.
    private static final class Group {
        final TreeMap<ResourceKey, Row.Member> members = new TreeMap<>();
        final TreeMap<Kind, Integer> kinds = new TreeMap<>();
        final EnumMap<Standing, Integer> counts = new EnumMap<>(Standing.class);
        int pendingCount;
    }

    /// A kind of resource, whatever its version.
    record Kind(String group, String kind) implements Comparable<Kind> {
        static Kind of(ResourceKey key) {
            return new Kind(key.group(), key.kind());
        }

        @Override
        public int compareTo(Kind other) {
            int byGroup = group.compareTo(other.group);
            return byGroup != 0 ? byGroup : kind.compareTo(other.kind);
        }
    }

    static String rowKey(ApplicationId application, ResourceKey key) {
        return application.id() + "\n" + key.id();
    }

    Row.@Nullable Member put(String rowKey, Row.@Nullable Member row) {
        int cut = rowKey.indexOf('\n');
        ApplicationId application = ApplicationId.ofId(rowKey.substring(0, cut));
        ResourceKey key = ResourceKey.ofId(rowKey.substring(cut + 1));
        Group group = groups.computeIfAbsent(application, _ -> new Group());
        Row.Member old = row == null ? group.members.remove(key) : group.members.put(key, row);
        if (old != null) {
            count(group, old, -1);
        }
        if (row != null) {
            count(group, row, 1);
        }
        if ((old == null) != (row == null)) {
            claim(application, key, row != null);
        }
        if (group.members.isEmpty()) {
            groups.remove(application);
        }
        return old;
    }

    private static void count(Group group, Row.Member row, int by) {
        add(group.counts, row.standing(), by);
        group.pendingCount += row.pending() ? by : 0;
        add(group.kinds, Kind.of(row.key()), by);
    }

    private void claim(ApplicationId application, ResourceKey key, boolean claimed) {
        SortedSet<ApplicationId> by = claims.computeIfAbsent(key, _ -> new TreeSet<>());
        if (claimed) {
            by.add(application);
        } else {
            by.remove(application);
        }
        if (by.isEmpty()) {
            claims.remove(key);
        }
        SortedMap<ApplicationId, Integer> inNamespace =
                reach.computeIfAbsent(key.namespace(), _ -> new TreeMap<>());
        add(inNamespace, application, claimed ? 1 : -1);
        if (inNamespace.isEmpty()) {
            reach.remove(key.namespace());
        }
    }

    private static <K> void add(Map<K, Integer> counts, K key, int by) {
        counts.compute(
                key,
                (_, old) -> {
                    int sum = (old == null ? 0 : old) + by;
                    return sum == 0 ? null : sum;
                });
    }

    Row.@Nullable Member find(ApplicationId application, ResourceKey key) {
        Group group = groups.get(application);
        return group == null ? null : group.members.get(key);
    }

    /// A copy, so that members may be changed while it is walked.
    List<Row.Member> of(ApplicationId application) {
        Group group = groups.get(application);
        return group == null ? List.of() : List.copyOf(group.members.values());
    }

    /// The applications that name the resource, sorted.
    List<ApplicationId> claimants(ResourceKey key) {
        SortedSet<ApplicationId> by = claims.get(key);
        return by == null ? List.of() : List.copyOf(by);
    }

    boolean claimed(ResourceKey key) {
        return claims.containsKey(key);
    }

    /// The first of the applications that deploy to the namespace; null when none does.
    @Nullable ApplicationId inNamespace(String namespace) {
        SortedMap<ApplicationId, Integer> by = reach.get(namespace);
        return by == null || namespace.isEmpty() ? null : by.firstKey();
    }

    /// The namespaces in which the application names resources.
    SortedSet<String> namespaces(ApplicationId application) {
        SortedSet<String> names = new TreeSet<>();
        reach.forEach((name, by) -> {
            if (!name.isEmpty() && by.containsKey(application)) {
                names.add(name);
            }
        });
        return names;
    }

    Collection<Kind> kinds(ApplicationId application) {
        Group group = groups.get(application);
        return group == null ? List.of() : Collections.unmodifiableSet(group.kinds.keySet());
    }

    /// The applications that name resources of the kind, sorted.
    List<ApplicationId> withKind(Kind kind) {
        return groups.entrySet().stream()
                .filter(e -> e.getValue().kinds.containsKey(kind))
                .map(Map.Entry::getKey)
                .toList();
    }

    /// How many members have each standing; a copy.
    EnumMap<Standing, Integer> counts(ApplicationId application) {
        Group group = groups.get(application);
        return group == null ? new EnumMap<>(Standing.class) : group.counts.clone();
    }

    int size(ApplicationId application) {
        Group group = groups.get(application);
        return group == null ? 0 : group.members.size();
    }

    int pendingCount(ApplicationId application) {
        Group group = groups.get(application);
        return group == null ? 0 : group.pendingCount;
    }
}
