package dev.driftledger.model;

/// The unit that a reconciler deploys.
///
/// @param reconciler `argocd`, `flux-kustomization`, `flux-helmrelease`, `helm` or `none`
/// @param namespace where the application is declared or deploys to; empty when it has none
/// @param name its name there
public record ApplicationId(String reconciler, String namespace, String name)
        implements Comparable<ApplicationId> {

    /// One string for URLs, keys and logs: `reconciler:namespace:name`.
    public String id() {
        return reconciler + ":" + namespace + ":" + name;
    }

    /// Reads what [#id()] wrote.
    ///
    /// @throws IllegalArgumentException naming the shape that is wanted
    public static ApplicationId ofId(String id) {
        String[] parts = id.split(":", 3);
        if (parts.length != 3 || parts[0].isEmpty() || parts[2].isEmpty()) {
            throw new IllegalArgumentException(
                    "application id must be reconciler:namespace:name, got '" + id + "'");
        }
        return new ApplicationId(parts[0], parts[1], parts[2]);
    }

    @Override
    public int compareTo(ApplicationId other) {
        return id().compareTo(other.id());
    }
}
