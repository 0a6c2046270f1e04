package dev.driftledger.drift.defaults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Pods and templates of Pods (pkg/apis/core/v1/defaults.go).
final class PodDefaults {
    private static final int MODE_0644 = 420;

    private PodDefaults() {}

    static void fill(DefaultTable table) {
        spec(table);
        for (String container : List.of("Container", "EphemeralContainer")) {
            container(table, "core.v1." + container);
        }
        probes(table);
        volumes(table);
        table.row("core.v1.ContainerPort", "protocol", "TCP")
                .row("core.v1.ContainerPort", "hostPort", PodDefaults::hostPort)
                .row("core.v1.ObjectFieldSelector", "apiVersion", "v1")
                .row("core.v1.ResourceFieldSelector", "divisor", "0")
                .row("core.v1.ResourceRequirements", "requests", PodDefaults::requests);
    }

    private static void spec(DefaultTable table) {
        String spec = "core.v1.PodSpec";
        table.row(spec, "dnsPolicy", "ClusterFirst")
                .row(spec, "restartPolicy", "Always")
                .row(spec, "terminationGracePeriodSeconds", 30)
                .row(spec, "schedulerName", "default-scheduler")
                .row(spec, "serviceAccount", s -> same(s, "serviceAccountName"))
                .row(spec, "serviceAccountName", PodDefaults::accountName)
                .row(spec, "enableServiceLinks", s -> s.isPod() ? bool(true) : null)
                .row(spec, "priority", s -> s.isPod() ? number(0) : null)
                .row(spec, "preemptionPolicy", s -> s.isPod() ? text("PreemptLowerPriority") : null)
                .empty(spec, "securityContext");
    }

    private static void container(DefaultTable table, String type) {
        table.row(type, "terminationMessagePath", "/dev/termination-log")
                .row(type, "terminationMessagePolicy", "File")
                .row(type, "imagePullPolicy", PodDefaults::pullPolicy);
    }

    private static void probes(DefaultTable table) {
        table.row("core.v1.Probe", "timeoutSeconds", 1)
                .row("core.v1.Probe", "periodSeconds", 10)
                .row("core.v1.Probe", "successThreshold", 1)
                .row("core.v1.Probe", "failureThreshold", 3)
                .row("core.v1.HTTPGetAction", "path", "/")
                .row("core.v1.HTTPGetAction", "scheme", "HTTP")
                .row("core.v1.GRPCAction", "service", "");
    }

    private static void volumes(DefaultTable table) {
        for (String source : List.of("Secret", "ConfigMap", "Projected", "DownwardAPI")) {
            table.row("core.v1." + source + "VolumeSource", "defaultMode", MODE_0644);
        }
        table.row("core.v1.HostPathVolumeSource", "type", "")
                .row("core.v1.ServiceAccountTokenProjection", "expirationSeconds", 3600)
                .row("core.v1.Volume", "emptyDir", PodDefaults::emptyDir)
                .row("core.v1.ISCSIVolumeSource", "iscsiInterface", "default")
                .row("core.v1.RBDVolumeSource", "pool", "rbd")
                .row("core.v1.RBDVolumeSource", "user", "admin")
                .row("core.v1.RBDVolumeSource", "keyring", "/etc/ceph/keyring")
                .row("core.v1.ScaleIOVolumeSource", "storageMode", "ThinProvisioned")
                .row("core.v1.ScaleIOVolumeSource", "fsType", "xfs")
                .row("core.v1.AzureDiskVolumeSource", "cachingMode", "ReadWrite")
                .row("core.v1.AzureDiskVolumeSource", "kind", "Shared")
                .row("core.v1.AzureDiskVolumeSource", "fsType", "ext4")
                .row("core.v1.AzureDiskVolumeSource", "readOnly", false);
        ephemeral(table);
    }

    private static void ephemeral(DefaultTable table) {
        table.row("core.v1.PersistentVolumeClaimSpec", "volumeMode", "Filesystem");
    }

    /// `Always` for `latest` or no tag, else `IfNotPresent`; a digest is a tag in this sense.
    private static @Nullable JsonNode pullPolicy(Scope scope) {
        String image = scope.text("image");
        if (image.isEmpty()) {
            return null;
        }
        String name = image.substring(image.lastIndexOf('/') + 1);
        int digest = name.indexOf('@');
        String tagged = digest < 0 ? name : name.substring(0, digest);
        int colon = tagged.indexOf(':');
        String tag = colon < 0 ? "" : tagged.substring(colon + 1);
        boolean latest = tag.equals("latest") || (tag.isEmpty() && digest < 0);
        return text(latest ? "Always" : "IfNotPresent");
    }

    /// A volume without any other source is an empty directory: also one that lost its source.
    private static @Nullable JsonNode emptyDir(Scope scope) {
        JsonNode volume = scope.self();
        int sources = volume.size() - (volume.has("emptyDir") ? 2 : 1);
        return sources == 0 && volume.has("name") ? DefaultTable.struct() : null;
    }

    /// Requests are the limits where only those are given; in Pods, not in templates.
    private static @Nullable JsonNode requests(Scope scope) {
        JsonNode limits = scope.self().get("limits");
        if (!scope.isPod() || limits == null || !limits.isObject()) {
            return null;
        }
        ObjectNode requests = DefaultTable.struct();
        for (Map.Entry<String, JsonNode> each : limits.properties()) {
            requests.set(each.getKey(), each.getValue());
        }
        return requests;
    }

    private static @Nullable JsonNode hostPort(Scope scope) {
        boolean host = scope.enclosing("PodSpec").path("hostNetwork").asBoolean(false);
        return host ? scope.self().get("containerPort") : null;
    }

    /// As the older name of the field has it, where only that is given. The API server fills in
    /// the older one of the newer, so with both there the newer one follows from nothing.
    private static @Nullable JsonNode accountName(Scope scope) {
        if (scope.self().has("serviceAccountName")) {
            return null;
        }
        JsonNode other = scope.self().get("serviceAccount");
        return other == null && scope.isPod() ? text("default") : other;
    }

    private static @Nullable JsonNode same(Scope scope, String field) {
        JsonNode value = scope.self().get(field);
        return value == null && scope.isPod() ? text("default") : value;
    }

    private static JsonNode text(String value) {
        return DefaultTable.text(value);
    }

    private static JsonNode bool(boolean value) {
        return com.fasterxml.jackson.databind.node.BooleanNode.valueOf(value);
    }

    private static JsonNode number(int value) {
        return com.fasterxml.jackson.databind.node.IntNode.valueOf(value);
    }
}
