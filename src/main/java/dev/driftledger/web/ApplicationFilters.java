package dev.driftledger.web;

import dev.driftledger.store.ApplicationFilter;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/// Which applications are asked for; what is absent or empty means any.
public final class ApplicationFilters {
    /// Every reconciler that an application's id can name.
    static final List<String> RECONCILERS =
            List.of("none", "argocd", "flux-kustomization", "flux-helmrelease", "helm");

    @QueryParam("cluster")
    @Parameter(description = "UID of a cluster's kube-system namespace")
    @Nullable String cluster;

    @QueryParam("verdict")
    @Parameter(description = "in-sync, pending, drifted, unknown or unconfigured")
    @Nullable String verdict;

    @QueryParam("namespace")
    @Parameter(description = "Namespace that the application deploys to")
    @Nullable String namespace;

    @QueryParam("reconciler")
    @Parameter(description = "none, argocd, flux-kustomization, flux-helmrelease or helm")
    @Nullable String reconciler;

    /// As the store asks it.
    ApplicationFilter filter() {
        return new ApplicationFilter(
                Texts.cluster(cluster),
                Texts.choice(
                        "verdict",
                        verdict,
                        "in-sync",
                        "pending",
                        "drifted",
                        "unknown",
                        "unconfigured"),
                Texts.any("namespace", namespace),
                Texts.choice("reconciler", reconciler, RECONCILERS.toArray(String[]::new)));
    }
}
