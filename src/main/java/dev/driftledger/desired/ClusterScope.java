package dev.driftledger.desired;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Which kinds have no namespace, told without a cluster: those of Kubernetes 1.30 to 1.36, those
/// of definitions among the manifests, and those configured. Every other kind counts as namespaced.
///
/// @param custom `group/Kind` beyond the built-in ones
record ClusterScope(Set<String> custom) {
    private static final Map<String, Set<String>> BUILT_IN =
            Map.ofEntries(
                    Map.entry("", Set.of("Namespace", "Node", "PersistentVolume")),
                    Map.entry("apiextensions.k8s.io", Set.of("CustomResourceDefinition")),
                    Map.entry("apiregistration.k8s.io", Set.of("APIService")),
                    Map.entry(
                            "admissionregistration.k8s.io",
                            Set.of(
                                    "MutatingWebhookConfiguration",
                                    "ValidatingWebhookConfiguration",
                                    "ValidatingAdmissionPolicy",
                                    "ValidatingAdmissionPolicyBinding",
                                    "MutatingAdmissionPolicy",
                                    "MutatingAdmissionPolicyBinding")),
                    Map.entry(
                            "certificates.k8s.io",
                            Set.of("CertificateSigningRequest", "ClusterTrustBundle")),
                    Map.entry(
                            "flowcontrol.apiserver.k8s.io",
                            Set.of("FlowSchema", "PriorityLevelConfiguration")),
                    Map.entry("internal.apiserver.k8s.io", Set.of("StorageVersion")),
                    Map.entry(
                            "networking.k8s.io",
                            Set.of("IngressClass", "IPAddress", "ServiceCIDR")),
                    Map.entry("node.k8s.io", Set.of("RuntimeClass")),
                    Map.entry(
                            "rbac.authorization.k8s.io",
                            Set.of("ClusterRole", "ClusterRoleBinding")),
                    Map.entry(
                            "resource.k8s.io",
                            Set.of("DeviceClass", "ResourceSlice", "DeviceTaintRule")),
                    Map.entry("scheduling.k8s.io", Set.of("PriorityClass")),
                    Map.entry(
                            "storage.k8s.io",
                            Set.of(
                                    "CSIDriver",
                                    "CSINode",
                                    "StorageClass",
                                    "VolumeAttachment",
                                    "VolumeAttributesClass")),
                    Map.entry("storagemigration.k8s.io", Set.of("StorageVersionMigration")));

    ClusterScope {
        custom = Set.copyOf(custom);
    }

    boolean isClusterScoped(String group, String kind) {
        return BUILT_IN.getOrDefault(group, Set.of()).contains(kind)
                || custom.contains(group + "/" + kind);
    }

    /// This scope and what the definitions among some objects say.
    ClusterScope with(Collection<? extends JsonNode> objects) {
        Set<String> kinds = new HashSet<>(custom);
        for (JsonNode object : objects) {
            JsonNode spec = object.path("spec");
            if (object.path("kind").asText().equals("CustomResourceDefinition")
                    && spec.path("scope").asText().equals("Cluster")) {
                kinds.add(spec.path("group").asText() + "/" + spec.at("/names/kind").asText());
            }
        }
        return new ClusterScope(kinds);
    }
}
