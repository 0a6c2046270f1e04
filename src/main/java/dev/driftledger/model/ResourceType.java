package dev.driftledger.model;

/// One listable kind of resource of an API server, as discovery names it.
///
/// @param group API group, empty for the core group
/// @param version the version it is read in, such as `v1`
/// @param kind such as `Deployment`
/// @param plural the path segment, such as `deployments`
/// @param namespaced whether its objects live in namespaces
public record ResourceType(
        String group, String version, String kind, String plural, boolean namespaced)
        implements Comparable<ResourceType> {

    /// The path that lists and watches all objects of this type: `/api/v1/pods` or
    /// `/apis/apps/v1/deployments`.
    public String path() {
        String root = group.isEmpty() ? "/api/" : "/apis/" + group + "/";
        return root + version + "/" + plural;
    }

    /// `v1` or `apps/v1`, as objects spell it.
    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    @Override
    public int compareTo(ResourceType other) {
        return path().compareTo(other.path());
    }
}
