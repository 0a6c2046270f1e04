package dev.driftledger.cli;

import dev.driftledger.model.ResourceKey;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A resource as people write it: `Deployment/web`, `Deployment.apps/shop/web`, `-` being the
/// namespace of what has none.
///
/// @param group null when it was not said and the kind does not tell
/// @param namespace null when it was not said; empty for cluster-scoped objects
record ResourceName(String kind, @Nullable String group, @Nullable String namespace, String name) {
    private static final String NETWORKING = "networking.k8s.io";
    private static final String RBAC = "rbac.authorization.k8s.io";

    /// Groups of the kinds that everybody uses; those of the core group among them.
    private static final Map<String, String> GROUPS =
            Map.ofEntries(
                    Map.entry("deployment", "apps"),
                    Map.entry("statefulset", "apps"),
                    Map.entry("daemonset", "apps"),
                    Map.entry("replicaset", "apps"),
                    Map.entry("job", "batch"),
                    Map.entry("cronjob", "batch"),
                    Map.entry("ingress", NETWORKING),
                    Map.entry("networkpolicy", NETWORKING),
                    Map.entry("horizontalpodautoscaler", "autoscaling"),
                    Map.entry("poddisruptionbudget", "policy"),
                    Map.entry("role", RBAC),
                    Map.entry("rolebinding", RBAC),
                    Map.entry("clusterrole", RBAC),
                    Map.entry("clusterrolebinding", RBAC),
                    Map.entry("storageclass", "storage.k8s.io"),
                    Map.entry("customresourcedefinition", "apiextensions.k8s.io"));

    /// Reads `KIND[.GROUP]/[NAMESPACE/]NAME`.
    ///
    /// @throws IllegalArgumentException saying the shape that is wanted
    static ResourceName parse(String text) {
        String[] parts = text.split("/", 3);
        String name = parts[parts.length - 1];
        if (parts.length < 2 || parts[0].isEmpty() || name.isEmpty() || parts[1].isEmpty()) {
            throw new IllegalArgumentException(
                    "a resource is written KIND[.GROUP]/[NAMESPACE/]NAME such as"
                            + " Deployment.apps/shop/web, got '"
                            + text
                            + "'");
        }
        int dot = parts[0].indexOf('.');
        String kind = dot < 0 ? parts[0] : parts[0].substring(0, dot);
        String group = dot < 0 ? known(kind) : parts[0].substring(dot + 1);
        return new ResourceName(kind, group, parts.length < 3 ? null : place(parts[1]), name);
    }

    /// Whether a resource is meant.
    boolean matches(ResourceKey key) {
        return key.kind().equalsIgnoreCase(kind)
                && key.name().equals(name)
                && (namespace == null || namespace.equals(key.namespace()))
                && (group == null || group.equals(key.group()));
    }

    /// As the service identifies it.
    ResourceKey key() {
        String where = namespace == null ? "" : namespace;
        return new ResourceKey(group == null ? "" : group, kind, where, name);
    }

    private static String place(String namespace) {
        return namespace.equals("-") ? "" : namespace;
    }

    private static @Nullable String known(String kind) {
        return GROUPS.get(kind.toLowerCase(java.util.Locale.ROOT));
    }
}
