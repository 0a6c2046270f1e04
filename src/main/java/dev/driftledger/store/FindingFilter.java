package dev.driftledger.store;

import dev.driftledger.model.ApplicationId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which findings are wanted; null means any.
///
/// @param state `open` or `resolved`
/// @param namespace of the resource
/// @param kind of the resource, such as `Deployment`
/// @param owner type of the owner, such as `human`
/// @param findingClass such as `changed` or `unmanaged`
/// @param cluster uid
/// @param from only what was still open then, or opened later
/// @param to only what was opened by then
public record FindingFilter(
        @Nullable String state,
        @Nullable ApplicationId application,
        @Nullable String namespace,
        @Nullable String kind,
        @Nullable String owner,
        @Nullable String findingClass,
        @Nullable String cluster,
        @Nullable Instant from,
        @Nullable Instant to) {
    /// Every finding.
    public static final FindingFilter ANY =
            new FindingFilter(null, null, null, null, null, null, null, null, null);

    /// What is open in a cluster.
    static FindingFilter openOf(String cluster) {
        return new FindingFilter("open", null, null, null, null, null, cluster, null, null);
    }

    Select select() {
        return new Select("findings", cluster, Select.LATEST_FINDINGS, "latest v")
                .where("v.state", state)
                .where("v.application", application == null ? null : application.id())
                .where("v.namespace", namespace)
                .where("v.kind", kind)
                .where("v.owner", owner)
                .where("v.class", findingClass)
                .where("(v.state = 'open' OR v.recorded_at >= :from)", "from", from)
                .where("v.opened_at <= :to", "to", to)
                .orderBy(List.of("v.recorded_at DESC", "v.cluster", "v.idx DESC"));
    }
}
