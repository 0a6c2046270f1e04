package dev.driftledger.drift.defaults;

import java.util.List;
import java.util.Locale;

/// Admission webhooks and policies, CustomResourceDefinition (admissionregistration/v1,
/// apiextensions/v1). Values of v1beta1 differ.
final class AdmissionDefaults {
    private static final String GROUP = "admissionregistration.";

    private AdmissionDefaults() {}

    static void fill(DefaultTable table) {
        definitions(table);
        for (String kind : List.of("ValidatingWebhook", "MutatingWebhook")) {
            webhook(table, GROUP + "v1." + kind, "Equivalent", 10, "Fail");
            webhook(table, GROUP + "v1beta1." + kind, "Exact", 30, "Ignore");
        }
        table.row(GROUP + "v1.MutatingWebhook", "reinvocationPolicy", "Never")
                .row(GROUP + "v1beta1.MutatingWebhook", "reinvocationPolicy", "Never");
        for (String version : List.of("v1", "v1beta1")) {
            table.row(GROUP + version + ".RuleWithOperations", "scope", "*")
                    .row(GROUP + version + ".ServiceReference", "port", 443);
        }
        for (String version : List.of("v1", "v1beta1", "v1alpha1")) {
            table.row(GROUP + version + ".NamedRuleWithOperations", "scope", "*")
                    .row(GROUP + version + ".MatchResources", "matchPolicy", "Equivalent")
                    .empty(GROUP + version + ".MatchResources", "namespaceSelector")
                    .empty(GROUP + version + ".MatchResources", "objectSelector")
                    .row(GROUP + version + ".ParamRef", "parameterNotFoundAction", "Deny")
                    .row(GROUP + version + ".MutatingAdmissionPolicySpec", "failurePolicy", "Fail")
                    .row(
                            GROUP + version + ".ValidatingAdmissionPolicySpec",
                            "failurePolicy",
                            "Fail");
        }
    }

    private static void webhook(
            DefaultTable table, String type, String match, int seconds, String failure) {
        table.row(type, "matchPolicy", match)
                .row(type, "timeoutSeconds", seconds)
                .row(type, "failurePolicy", failure)
                .empty(type, "namespaceSelector")
                .empty(type, "objectSelector");
    }

    /// `PlanList` and `plan` for kind `Plan`.
    private static void definitions(DefaultTable table) {
        String prefix = "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.";
        String names = prefix + "CustomResourceDefinitionNames";
        String spec = prefix + "CustomResourceDefinitionSpec";
        table.row(names, "listKind", s -> DefaultTable.text(s.text("kind") + "List"))
                .row(names, "singular", s -> DefaultTable.text(lower(s.text("kind"))))
                .row(spec, "conversion", _ -> DefaultTable.struct().put("strategy", "None"))
                .row(prefix + "ServiceReference", "port", 443)
                .row(
                        "io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.ServiceReference",
                        "port",
                        443);
    }

    private static String lower(String kind) {
        return kind.toLowerCase(Locale.ROOT);
    }
}
