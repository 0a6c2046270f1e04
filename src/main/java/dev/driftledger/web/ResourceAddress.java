package dev.driftledger.web;

import dev.driftledger.model.ResourceKey;
import jakarta.ws.rs.PathParam;

/// The permanent address of a resource's page: `core` stands for the core group, `-` for no
/// namespace.
public final class ResourceAddress {
    @PathParam("cluster")
    String cluster = "";

    @PathParam("group")
    String group = "";

    @PathParam("kind")
    String kind = "";

    @PathParam("namespace")
    String namespace = "";

    @PathParam("name")
    String name = "";

    /// Which resource it is.
    ResourceKey key() {
        return new ResourceKey(
                group.equals("core") ? "" : group,
                kind,
                namespace.equals("-") ? "" : namespace,
                name);
    }
}
