package dev.driftledger.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.desired.LocalManifests.Flaw;
import dev.driftledger.desired.LocalManifests.Located;
import dev.driftledger.drift.Difference;
import dev.driftledger.drift.Hiding;
import dev.driftledger.drift.Owner;
import dev.driftledger.drift.Step;
import dev.driftledger.drift.Verdict;
import dev.driftledger.model.Json;
import dev.driftledger.model.Rfc3339;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A comparison of files as JSON: `docs/reference/compare.md` has the fields.
final class ComparisonJson {
    private ComparisonJson() {}

    static String of(FileComparison comparison, List<FileComparison.Row> rows) {
        ObjectNode report = Json.shared().createObjectNode();
        report.put("result", ComparisonSummary.of(comparison, rows).result());
        report.put("schemas", comparison.terms().schemasName());
        report.set("summary", ComparisonSummary.of(comparison, rows).json());
        ArrayNode resources = report.putArray("resources");
        rows.forEach(row -> resources.add(resource(comparison, row)));
        flaws(report.putArray("problems"), comparison.flaws());
        flaws(report.putArray("warnings"), comparison.warnings(rows));
        return text(report);
    }

    static String text(ObjectNode report) {
        try {
            return Json.shared().writerWithDefaultPrettyPrinter().writeValueAsString(report);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("writing a tree to memory", e);
        }
    }

    private static void flaws(ArrayNode to, List<Flaw> flaws) {
        for (Flaw flaw : flaws) {
            ObjectNode row = to.addObject().put("file", flaw.file());
            if (flaw.document() > 0) {
                row.put("document", flaw.document());
            }
            row.put("message", flaw.message());
        }
    }

    private static ObjectNode resource(FileComparison comparison, FileComparison.Row row) {
        ObjectNode node = Json.shared().createObjectNode();
        node.put("resource", row.key().id()).put("verdict", row.verdict().label());
        place(node, "desired", row.desired());
        place(node, "live", row.live());
        switch (row.verdict()) {
            case Verdict.InSync(List<Difference> notes, Verdict.Certainty certainty) -> {
                node.put("certainty", certainty.label());
                differences(comparison, node.putArray("notes"), notes);
            }
            case Verdict.Drifted(
                            List<Difference> counted,
                            List<Difference> notes,
                            Verdict.Certainty certainty) -> {
                node.put("certainty", certainty.label());
                differences(comparison, node.putArray("differences"), counted);
                differences(comparison, node.putArray("notes"), notes);
            }
            case Verdict.Ignored(List<Difference> notes, Verdict.Certainty certainty) -> {
                node.put("certainty", certainty.label());
                differences(comparison, node.putArray("notes"), notes);
            }
            case Verdict.Unmanaged(Owner owner) -> node.set("owner", owner(owner));
            case Verdict.Extra(Owner owner) -> node.set("owner", owner(owner));
            case Verdict.Unknown(String reason) -> node.put("reason", reason);
            case Verdict.Missing _ -> {}
        }
        row.judgement().hidings().forEach(each -> node.withArray("/hidden").add(hiding(each)));
        return node;
    }

    private static ObjectNode hiding(Hiding hiding) {
        ObjectNode node = Json.shared().createObjectNode();
        node.put("rule", hiding.rule()).put("origin", hiding.origin());
        put(node, "reason", hiding.reason());
        put(node, "whole", hiding.whole() == null ? null : hiding.whole().label());
        return node.put("fields", hiding.fieldsCount()).put("everything", hiding.everything());
    }

    private static void place(ObjectNode node, String side, @Nullable Located located) {
        if (located != null) {
            node.putObject(side)
                    .put("file", located.file())
                    .put("document", located.document())
                    .put("apiVersion", located.object().path("apiVersion").asText());
        }
    }

    private static void differences(
            FileComparison from, ArrayNode to, List<Difference> differences) {
        for (Difference each : differences) {
            ObjectNode row = to.addObject();
            row.put("path", each.path()).put("kind", each.kind().label());
            if (each.desired() != null) {
                row.set("desired", each.desired());
            }
            if (each.live() != null) {
                row.set("live", each.live());
            }
            row.set("owner", owner(each.owner()));
            row.put("severity", each.severity().label()).put("rule", each.rule());
            row.put("why", from.why(each));
        }
    }

    private static ObjectNode owner(Owner owner) {
        ObjectNode node = Json.shared().createObjectNode().put("type", owner.type().label());
        put(node, "manager", owner.manager());
        put(node, "operation", owner.operation());
        put(node, "subresource", owner.subresource());
        put(node, "time", owner.time() == null ? null : Rfc3339.format(owner.time()));
        return node.put("evidence", owner.evidence().label());
    }

    private static void put(ObjectNode node, String field, @Nullable String value) {
        if (value != null) {
            node.put(field, value);
        }
    }

    /// The steps of an explanation, in order.
    static ArrayNode steps(List<Step> steps) {
        ArrayNode list = Json.shared().createArrayNode();
        for (Step each : steps) {
            ObjectNode row = list.addObject();
            if (!each.path().isEmpty()) {
                row.put("path", each.path());
            }
            row.put("stage", each.stage().label());
            row.put("rule", each.rule()).put("words", each.words());
        }
        return list;
    }
}
