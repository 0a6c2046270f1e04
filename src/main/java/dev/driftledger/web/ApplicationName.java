package dev.driftledger.web;

import dev.driftledger.model.ApplicationId;

/// How people call an application: `gateway (namespace shop, pushed)`.
final class ApplicationName {
    private ApplicationName() {}

    /// The name with where it is and who deploys it.
    static String of(ApplicationId id) {
        String place = id.namespace().isEmpty() ? "" : "namespace " + id.namespace() + ", ";
        return id.name() + " (" + place + deployer(id) + ")";
    }

    /// As [#of(ApplicationId)]; what is no application id stays as it is.
    static String of(String id) {
        try {
            return of(ApplicationId.ofId(id));
        } catch (IllegalArgumentException e) {
            return id;
        }
    }

    private static String deployer(ApplicationId id) {
        return id.reconciler().equals("none") ? "pushed" : id.reconciler();
    }
}
