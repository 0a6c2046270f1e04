package dev.driftledger.drift.defaults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/// Deployment, DaemonSet, StatefulSet, ReplicaSet, ReplicationController (pkg/apis/apps/v1).
final class WorkloadDefaults {
    private static final String ROLLING = "RollingUpdate";

    private WorkloadDefaults() {}

    static void fill(DefaultTable table) {
        deployment(table);
        daemonSet(table);
        statefulSet(table);
        table.row("apps.v1.ReplicaSetSpec", "replicas", 1)
                .row("core.v1.ReplicationControllerSpec", "replicas", 1)
                .row(
                        "core.v1.ReplicationControllerSpec",
                        "selector",
                        s -> labels(s.self().path("template")));
    }

    private static void deployment(DefaultTable table) {
        String spec = "apps.v1.DeploymentSpec";
        table.row(spec, "replicas", 1)
                .row(spec, "revisionHistoryLimit", 10)
                .row(spec, "progressDeadlineSeconds", 600)
                .empty(spec, "strategy")
                .row("apps.v1.DeploymentStrategy", "type", ROLLING)
                .row("apps.v1.DeploymentStrategy", "rollingUpdate", WorkloadDefaults::rolling)
                .row("apps.v1.RollingUpdateDeployment", "maxUnavailable", "25%")
                .row("apps.v1.RollingUpdateDeployment", "maxSurge", "25%");
    }

    private static void daemonSet(DefaultTable table) {
        table.row("apps.v1.DaemonSetSpec", "revisionHistoryLimit", 10)
                .empty("apps.v1.DaemonSetSpec", "updateStrategy")
                .row("apps.v1.DaemonSetUpdateStrategy", "type", ROLLING)
                .row("apps.v1.DaemonSetUpdateStrategy", "rollingUpdate", WorkloadDefaults::rolling)
                .row("apps.v1.RollingUpdateDaemonSet", "maxUnavailable", 1)
                .row("apps.v1.RollingUpdateDaemonSet", "maxSurge", 0);
    }

    private static void statefulSet(DefaultTable table) {
        String spec = "apps.v1.StatefulSetSpec";
        String retention = "apps.v1.StatefulSetPersistentVolumeClaimRetentionPolicy";
        table.row(spec, "replicas", 1)
                .row(spec, "revisionHistoryLimit", 10)
                .row(spec, "podManagementPolicy", "OrderedReady")
                .empty(spec, "updateStrategy")
                .empty(spec, "persistentVolumeClaimRetentionPolicy")
                .row(retention, "whenDeleted", "Retain")
                .row(retention, "whenScaled", "Retain")
                .row("apps.v1.StatefulSetUpdateStrategy", "type", ROLLING)
                .row(
                        "apps.v1.StatefulSetUpdateStrategy",
                        "rollingUpdate",
                        WorkloadDefaults::rolling)
                .row("apps.v1.RollingUpdateStatefulSetStrategy", "partition", 0)
                .row("apps.v1.RollingUpdateStatefulSetStrategy", "maxUnavailable", 1);
    }

    private static @Nullable JsonNode rolling(Scope scope) {
        String type = scope.text("type");
        return type.isEmpty() || type.equals(ROLLING) ? DefaultTable.struct() : null;
    }

    private static @Nullable JsonNode labels(JsonNode template) {
        JsonNode labels = template.path("metadata").get("labels");
        return labels instanceof ObjectNode ? labels : null;
    }
}
