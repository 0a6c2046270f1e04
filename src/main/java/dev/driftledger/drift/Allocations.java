package dev.driftledger.drift;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Fields that the platform fills in when git does not, by kind and path.
final class Allocations {
    /// Kind (or `*`), path pattern as in [PathPattern], rule.
    private static final String[][] ROWS = {
        {"Service", "spec.clusterIP", "cluster-ip"},
        {"Service", "spec.clusterIPs", "cluster-ip"},
        {"Service", "spec.clusterIPs[]", "cluster-ip"},
        {"Service", "spec.ipFamilies", "ip-families"},
        {"Service", "spec.ipFamilies[]", "ip-families"},
        {"Service", "spec.ipFamilyPolicy", "ip-families"},
        {"Service", "spec.ports[].nodePort", "node-port"},
        {"Service", "spec.healthCheckNodePort", "node-port"},
        {"Service", "metadata.finalizers[]", "finalizer"},
        {"PersistentVolumeClaim", "spec.volumeName", "volume-binding"},
        {"PersistentVolumeClaim", "spec.storageClassName", "storage-class"},
        {"PersistentVolumeClaim", "metadata.annotations[pv.kubernetes.io/*]", "volume-binding"},
        {"PersistentVolumeClaim", "metadata.annotations[volume.*]", "volume-binding"},
        {"PersistentVolumeClaim", "metadata.finalizers[]", "finalizer"},
        {"PersistentVolume", "spec.claimRef", "volume-binding"},
        {"PersistentVolume", "spec.claimRef.**", "volume-binding"},
        {"PersistentVolume", "metadata.annotations[pv.kubernetes.io/*]", "volume-binding"},
        {"PersistentVolume", "metadata.finalizers[]", "finalizer"},
        {"Namespace", "spec.finalizers", "finalizer"},
        {"Namespace", "spec.finalizers[]", "finalizer"},
        {"Namespace", "spec", "finalizer"},
        {"Namespace", "metadata.labels[kubernetes.io/metadata.name]", "namespace-name"},
        {"ServiceAccount", "secrets[]", "token"},
        {"ServiceAccount", "imagePullSecrets[]", "token"},
        {"Deployment", "metadata.annotations[deployment.kubernetes.io/revision]", "rollout"},
        {"DaemonSet", "metadata.annotations[deprecated.daemonset.template.generation]", "rollout"},
        {"ReplicaSet", "metadata.annotations[deployment.kubernetes.io/*]", "rollout"},
        {"Job", "metadata.labels[batch.kubernetes.io/*]", "job-selector"},
        {"Job", "metadata.labels.controller-uid", "job-selector"},
        {"Job", "metadata.labels.job-name", "job-selector"},
        {"Job", "spec.selector", "job-selector"},
        {"Job", "spec.selector.**", "job-selector"},
        {"Job", "spec.template.metadata.labels.controller-uid", "job-selector"},
        {"Job", "spec.template.metadata.labels.job-name", "job-selector"},
        {"Job", "spec.template.metadata.labels[batch.kubernetes.io/*]", "job-selector"},
        {"Job", "metadata.annotations[batch.kubernetes.io/*]", "job-selector"},
        {"CertificateSigningRequest", "spec.username", "requester"},
        {"CertificateSigningRequest", "spec.uid", "requester"},
        {"CertificateSigningRequest", "spec.groups", "requester"},
        {"CertificateSigningRequest", "spec.extra", "requester"},
        {"CertificateSigningRequest", "spec.extra**", "requester"},
        {"Pod", "spec.nodeName", "scheduling"},
        {"Pod", "spec.volumes[kube-api-access-*]", "token"},
        {"Pod", "spec.**.volumeMounts[/var/run/secrets/kubernetes.io/serviceaccount]", "token"},
        {"Pod", "spec.tolerations", "tolerations"},
        {"ValidatingWebhookConfiguration", "webhooks[].clientConfig.caBundle", "ca-bundle"},
        {"MutatingWebhookConfiguration", "webhooks[].clientConfig.caBundle", "ca-bundle"},
        {"APIService", "spec.caBundle", "ca-bundle"},
        {"CustomResourceDefinition", "spec.conversion.webhook.clientConfig.caBundle", "ca-bundle"},
        {"CustomResourceDefinition", "metadata.finalizers[]", "finalizer"},
    };

    /// What the API server makes up while it stores an object, after owners were noted.
    private static final Set<String> BY_SERVER =
            Set.of("allocated:cluster-ip", "allocated:ip-families", "allocated:node-port");

    private Allocations() {}

    static boolean isByServer(String rule) {
        return BY_SERVER.contains(rule);
    }

    /// The rule that explains a value which git does not name; null when none does.
    static @Nullable String rule(String kind, String path) {
        for (String[] row : ROWS) {
            if (row[0].equals(kind) && PathPattern.matches(row[1], path)) {
                return "allocated:" + row[2];
            }
        }
        return null;
    }
}
