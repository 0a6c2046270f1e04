package dev.driftledger.model;

import java.util.Comparator;

/// Which object of a cluster is meant, whatever its version and incarnation.
///
/// @param group API group, empty for the core group
/// @param kind such as `Deployment`
/// @param namespace empty for cluster-scoped objects
/// @param name the object's name; may contain `:` (RBAC)
public record ResourceKey(String group, String kind, String namespace, String name)
        implements Comparable<ResourceKey> {

    private static final Comparator<ResourceKey> ORDER =
            Comparator.comparing(ResourceKey::namespace)
                    .thenComparing(ResourceKey::group)
                    .thenComparing(ResourceKey::kind)
                    .thenComparing(ResourceKey::name);

    /// One string for URLs, keys and logs: `group:kind:namespace:name`.
    public String id() {
        return group + ":" + kind + ":" + namespace + ":" + name;
    }

    /// Reads what [#id()] wrote.
    ///
    /// @throws IllegalArgumentException naming the shape that is wanted
    public static ResourceKey ofId(String id) {
        String[] parts = id.split(":", 4);
        if (parts.length != 4 || parts[1].isEmpty() || parts[3].isEmpty()) {
            throw new IllegalArgumentException(
                    "resource id must be group:kind:namespace:name, got '" + id + "'");
        }
        return new ResourceKey(parts[0], parts[1], parts[2], parts[3]);
    }

    /// For people: `apps/Deployment shop/cart`, `Namespace shop`.
    public String display() {
        String type = group.isEmpty() ? kind : group + "/" + kind;
        return type + " " + (namespace.isEmpty() ? name : namespace + "/" + name);
    }

    @Override
    public int compareTo(ResourceKey other) {
        return ORDER.compare(this, other);
    }
}
