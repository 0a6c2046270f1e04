package dev.driftledger.web;

import dev.driftledger.model.ApplicationId;
import jakarta.ws.rs.PathParam;

/// The permanent address of an application's page.
public final class ApplicationAddress {
    @PathParam("cluster")
    String cluster = "";

    @PathParam("namespace")
    String namespace = "";

    @PathParam("name")
    String name = "";

    /// Which application it is under a reconciler; `-` stands for no namespace.
    ApplicationId id(String reconciler) {
        return new ApplicationId(reconciler, namespace.equals("-") ? "" : namespace, name);
    }

    /// The address itself, encoded.
    String path() {
        return "/app/"
                + Links.segment(cluster)
                + "/"
                + Links.segment(namespace)
                + "/"
                + Links.segment(name);
    }
}
