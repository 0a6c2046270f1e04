package dev.driftledger.drift;

/// How bad a difference is, by what its field can do. The first row that fits decides.
final class Severities {
    private record Row(String kind, String pattern, Severity severity) {}

    private static final Row[] ROWS = {
        row("Role", "rules**", Severity.CRITICAL),
        row("ClusterRole", "rules**", Severity.CRITICAL),
        row("ClusterRole", "aggregationRule**", Severity.CRITICAL),
        row("RoleBinding", "subjects**", Severity.CRITICAL),
        row("RoleBinding", "roleRef**", Severity.CRITICAL),
        row("ClusterRoleBinding", "subjects**", Severity.CRITICAL),
        row("ClusterRoleBinding", "roleRef**", Severity.CRITICAL),
        row("ValidatingWebhookConfiguration", "webhooks**", Severity.CRITICAL),
        row("MutatingWebhookConfiguration", "webhooks**", Severity.CRITICAL),
        row("Namespace", "metadata.labels[pod-security.kubernetes.io/*]", Severity.CRITICAL),
        row("*", "**securityContext", Severity.CRITICAL),
        row("*", "**securityContext.**", Severity.CRITICAL),
        row("*", "**hostNetwork", Severity.CRITICAL),
        row("*", "**hostPID", Severity.CRITICAL),
        row("*", "**hostIPC", Severity.CRITICAL),
        row("*", "**hostUsers", Severity.CRITICAL),
        row("*", "**hostPath**", Severity.CRITICAL),
        row("*", "**serviceAccountName", Severity.CRITICAL),
        row("*", "**automountServiceAccountToken", Severity.CRITICAL),
        row("*", "metadata.ownerReferences**", Severity.MEDIUM),
        row("*", "metadata.annotations**", Severity.LOW),
        row("*", "metadata.labels**", Severity.LOW),
        row("*", "metadata.**", Severity.LOW),
        row("*", "**.template.metadata.annotations**", Severity.LOW),
        row("*", "**.template.metadata.**", Severity.LOW),
        row("Secret", "**", Severity.HIGH),
        row("NetworkPolicy", "spec**", Severity.HIGH),
        row("*", "**ontainers[]", Severity.HIGH),
        row("*", "**ontainers[].image", Severity.HIGH),
        row("*", "**ontainers[].command**", Severity.HIGH),
        row("*", "**ontainers[].args**", Severity.HIGH),
        row("*", "**ontainers[].lifecycle**", Severity.HIGH),
        row("*", "**hostPort", Severity.HIGH),
        row("Service", "spec.type", Severity.HIGH),
        row("Service", "spec.selector**", Severity.HIGH),
        row("Service", "spec.ports**", Severity.HIGH),
        row("Service", "spec.externalIPs**", Severity.HIGH),
        row("Service", "spec.externalName", Severity.HIGH),
        row("Service", "spec.loadBalancer**", Severity.HIGH),
        row("Ingress", "spec**", Severity.HIGH),
        row("*", "spec.suspend", Severity.MEDIUM),
        row("*", "spec.replicas", Severity.MEDIUM),
        row("*", "**", Severity.MEDIUM),
    };

    private Severities() {}

    /// The severity of a difference in this kind at this path.
    static Severity of(String kind, String path) {
        for (Row row : ROWS) {
            if ((row.kind().equals("*") || row.kind().equals(kind))
                    && PathPattern.matches(row.pattern(), path)) {
                return row.severity();
            }
        }
        return Severity.MEDIUM;
    }

    private static Row row(String kind, String pattern, Severity severity) {
        return new Row(kind, pattern, severity);
    }
}
