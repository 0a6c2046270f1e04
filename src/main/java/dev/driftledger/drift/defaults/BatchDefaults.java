package dev.driftledger.drift.defaults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import org.jspecify.annotations.Nullable;

/// Job and CronJob (pkg/apis/batch/v1).
final class BatchDefaults {
    private BatchDefaults() {}

    static void fill(DefaultTable table) {
        String job = "batch.v1.JobSpec";
        table.row(job, "completions", s -> alone(s, "parallelism"))
                .row(job, "parallelism", 1)
                .row(job, "backoffLimit", BatchDefaults::backoff)
                .row(job, "completionMode", "NonIndexed")
                .row(job, "suspend", false)
                .row(job, "manualSelector", false)
                .row(job, "podReplacementPolicy", BatchDefaults::replacement);
        String cron = "batch.v1.CronJobSpec";
        table.row(cron, "concurrencyPolicy", "Allow")
                .row(cron, "suspend", false)
                .row(cron, "successfulJobsHistoryLimit", 3)
                .row(cron, "failedJobsHistoryLimit", 1)
                .row("batch.v1.PodFailurePolicyOnPodConditionsPattern", "status", "True");
    }

    private static @Nullable JsonNode alone(Scope scope, String other) {
        return inTemplate(scope) || scope.self().has(other) ? null : IntNode.valueOf(1);
    }

    /// Unlimited when the limit is given per index.
    private static @Nullable JsonNode backoff(Scope scope) {
        if (inTemplate(scope)) {
            return null;
        }
        boolean perIndex = scope.self().has("backoffLimitPerIndex");
        return IntNode.valueOf(perIndex ? Integer.MAX_VALUE : 6);
    }

    private static @Nullable JsonNode replacement(Scope scope) {
        if (inTemplate(scope)) {
            return null;
        }
        return DefaultTable.text(
                scope.self().has("podFailurePolicy") ? "Failed" : "TerminatingOrFailed");
    }

    /// Defaults of a Job are not filled into the template of a CronJob.
    private static boolean inTemplate(Scope scope) {
        return scope.root().path("kind").asText().equals("CronJob");
    }
}
