package dev.driftledger.drift;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/// How bad a difference is, by what its field can do. The first row that fits decides; a user's
/// rows come before the built-in ones.
public final class Severities {
    /// One row of the table.
    ///
    /// @param kind such as `Deployment`, or `*` for all
    /// @param pattern of paths: `[]` is any item, `[abc*]` one with that beginning, `*` any text
    ///     within a step, `**` any number of steps
    public record Row(String kind, String pattern, Severity severity) {}

    private static final String POD_SECURITY = "metadata.labels[pod-security.kubernetes.io/*]";

    private static final Row REST = row("*", "**", Severity.MEDIUM);

    private static final List<Row> ROWS =
            List.of(
                    row("Role", "rules**", Severity.CRITICAL),
                    row("ClusterRole", "rules**", Severity.CRITICAL),
                    row("ClusterRole", "aggregationRule**", Severity.CRITICAL),
                    row("RoleBinding", "subjects**", Severity.CRITICAL),
                    row("RoleBinding", "roleRef**", Severity.CRITICAL),
                    row("ClusterRoleBinding", "subjects**", Severity.CRITICAL),
                    row("ClusterRoleBinding", "roleRef**", Severity.CRITICAL),
                    row("ValidatingWebhookConfiguration", "webhooks**", Severity.CRITICAL),
                    row("MutatingWebhookConfiguration", "webhooks**", Severity.CRITICAL),
                    row("Namespace", POD_SECURITY, Severity.CRITICAL),
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
                    REST);

    private static final Severities BUILT_IN = new Severities(ROWS);

    private final List<Row> rows;

    private Severities(List<Row> rows) {
        this.rows = List.copyOf(rows);
    }

    /// The severities that hold where nobody says otherwise.
    public static Severities builtIn() {
        return BUILT_IN;
    }

    /// The same table with a user's rows before all others.
    public Severities with(List<Row> own) {
        List<Row> all = new ArrayList<>(own);
        all.addAll(rows);
        return new Severities(all);
    }

    /// Rows as data: a list of `{kind, path, severity}`, `kind` being `*` when it is left out.
    ///
    /// @throws IllegalArgumentException naming the row, the field and what is wanted
    public static List<Row> rows(JsonNode data) {
        if (!data.isArray()) {
            throw new IllegalArgumentException(
                    "severities must be a list of {kind, path, severity}, got "
                            + data.getNodeType());
        }
        List<Row> rows = new ArrayList<>();
        for (JsonNode each : data) {
            String at = "severities[" + rows.size() + "]";
            String path = each.path("path").asText("");
            if (path.isEmpty()) {
                throw new IllegalArgumentException(
                        at + ".path is missing; give a pattern such as spec.replicas");
            }
            String kind = each.path("kind").asText("*");
            rows.add(new Row(kind, path, severity(at, each.path("severity").asText(""))));
        }
        return rows;
    }

    private static Severity severity(String at, String label) {
        for (Severity each : Severity.values()) {
            if (each.label().equals(label)) {
                return each;
            }
        }
        throw new IllegalArgumentException(
                at
                        + ".severity must be info, low, medium, high or critical, got a text of "
                        + label.length()
                        + " characters");
    }

    /// The row that decides about a difference in this kind at this path.
    Row of(String kind, String path) {
        for (Row row : rows) {
            if ((row.kind().equals("*") || row.kind().equals(kind))
                    && PathPattern.matches(row.pattern(), path)) {
                return row;
            }
        }
        return REST;
    }

    private static Row row(String kind, String pattern, Severity severity) {
        return new Row(kind, pattern, severity);
    }
}
