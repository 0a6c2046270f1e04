package dev.driftledger.web;

import dev.driftledger.model.ApplicationId;
import dev.driftledger.store.FindingFilter;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/// Which findings are asked for; what is absent or empty means any.
public final class FindingParameters {
    /// Every class that entries give findings.
    private static final String[] CLASSES = {
        "changed",
        "removed",
        "extra-owned",
        "overlay",
        "missing",
        "unmanaged",
        "extra",
        "pending",
        "ownership-erased",
        "unknown",
        "history-rewritten",
        "rule-problem"
    };

    @QueryParam("state")
    @Parameter(description = "open or resolved")
    @Nullable String state;

    @QueryParam("cluster")
    @Parameter(description = "UID of a cluster's kube-system namespace")
    @Nullable String cluster;

    @QueryParam("application")
    @Parameter(description = "<cluster uid>:reconciler:namespace:name")
    @Nullable String application;

    @QueryParam("namespace")
    @Parameter(description = "Namespace of the resource")
    @Nullable String namespace;

    @QueryParam("kind")
    @Parameter(description = "Kind of the resource, such as Deployment")
    @Nullable String kind;

    @QueryParam("owner")
    @Parameter(description = "human, controller, reconciler, admission or unknown")
    @Nullable String owner;

    @QueryParam("class")
    @Parameter(
            description =
                    "changed, removed, extra-owned, overlay, missing, unmanaged, extra, pending,"
                            + " ownership-erased, unknown, history-rewritten or rule-problem")
    @Nullable String kindOfFinding;

    @QueryParam("from")
    @Parameter(description = "Only what was still open then, or opened later; RFC 3339")
    @Nullable String from;

    @QueryParam("to")
    @Parameter(description = "Only what was opened by then; RFC 3339")
    @Nullable String to;

    /// As the store asks it.
    ///
    /// @throws Refusal with 400
    FindingFilter filter() {
        PublicId<ApplicationId> wanted =
                application == null || application.isEmpty()
                        ? null
                        : PublicId.application(application);
        String uid = Texts.cluster(cluster);
        if (wanted != null && uid != null && !uid.equals(wanted.cluster())) {
            throw Refusal.malformed("cluster", "that of application, or left out");
        }
        Instant begin = Moment.any("from", from);
        Instant end = Moment.any("to", to);
        if (begin != null && end != null && begin.isAfter(end)) {
            throw Refusal.malformed("from", "no later than to");
        }
        return new FindingFilter(
                Texts.choice("state", state, "open", "resolved"),
                wanted == null ? null : wanted.within(),
                Texts.any("namespace", namespace),
                Texts.any("kind", kind),
                Texts.choice(
                        "owner",
                        owner,
                        "human",
                        "controller",
                        "reconciler",
                        "admission",
                        "unknown"),
                Texts.choice("class", kindOfFinding, CLASSES),
                wanted == null ? uid : wanted.cluster(),
                begin,
                end);
    }

    /// As they were typed, for the page's form.
    FindingFilters typed() {
        return new FindingFilters(state, cluster, application, namespace, kind, owner, from, to);
    }
}
