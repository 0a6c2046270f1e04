package dev.driftledger.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which applications are wanted, by their latest snapshots; null means any.
///
/// @param cluster uid
/// @param verdict `in-sync`, `pending`, `drifted`, `unknown` or `unconfigured`
/// @param namespace that it deploys to
/// @param reconciler such as `argocd` or `none`
public record ApplicationFilter(
        @Nullable String cluster,
        @Nullable String verdict,
        @Nullable String namespace,
        @Nullable String reconciler) {
    /// Every application.
    public static final ApplicationFilter ANY = new ApplicationFilter(null, null, null, null);

    Select select() {
        return new Select("applications", cluster, Select.LATEST_SNAPSHOTS, "latest v")
                .where("v.verdict", verdict)
                .where("v.namespace", namespace)
                .where("v.reconciler", reconciler)
                .orderBy(List.of("v.application", "v.cluster"));
    }
}
