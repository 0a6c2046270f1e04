package dev.driftledger.recorder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.driftledger.drift.Owner;
import dev.driftledger.ledger.EntryType;
import dev.driftledger.model.Json;
import dev.driftledger.model.Rfc3339;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Writes the entries about findings.
final class FindingEntry {
    private FindingEntry() {}

    /// How a finding ended.
    ///
    /// @param by `reconciler`, `human`, `controller`, `commit`, `deletion` or `unknown`
    record Resolution(
            String by,
            @Nullable String manager,
            @Nullable String user,
            @Nullable String revision) {}

    /// @param resolution null unless the finding ended
    static void write(
            Draft draft, EntryType type, Row.Finding finding, @Nullable Resolution resolution) {
        Statement statement =
                new Statement(type, Statement.Source.RECORDER)
                        .actor(finding.owner())
                        .digests(finding.digests())
                        .correlation(finding.id());
        if (finding.resource() != null) {
            statement.subject(
                    Statement.subjectOf(
                            finding.resource(), finding.version(), finding.uid(), null));
        }
        ObjectNode body = statement.body();
        body.put("finding", finding.id())
                .put("class", finding.kind())
                .put("state", finding.open() ? "open" : "resolved")
                .put("application", finding.application().id());
        put(body, "path", finding.path());
        value(body, "desired", finding.desired());
        value(body, "live", finding.live());
        owner(body.putObject("owner"), finding.owner());
        body.put("severity", finding.severity().label());
        put(body, "rule", finding.rule());
        put(body, "certainty", finding.certainty());
        revisions(draft, body, finding);
        body.put("openedAt", Rfc3339.format(finding.openedAt())).put("count", finding.count());
        put(body, "reason", finding.reason());
        if (resolution != null) {
            resolution(body.putObject("resolution"), resolution)
                    .put("at", Rfc3339.format(draft.observedAt()));
        }
        draft.write(statement);
    }

    private static void revisions(Draft draft, ObjectNode body, Row.Finding finding) {
        ApplicationRow row = draft.state().applications().get(finding.application());
        if (row != null && row.applied() != null) {
            body.put("applied", row.applied().id());
        }
        if (row != null && row.head() != null) {
            body.put("head", row.head().id());
        }
    }

    private static void owner(ObjectNode node, Owner owner) {
        node.put("type", owner.type().label());
        put(node, "manager", owner.manager());
        put(node, "operation", owner.operation());
        put(node, "subresource", owner.subresource());
        if (owner.time() != null) {
            node.put("time", Rfc3339.format(owner.time()));
        }
        put(node, "user", owner.user());
        node.put("evidence", owner.evidence().label());
    }

    private static ObjectNode resolution(ObjectNode node, Resolution resolution) {
        node.put("by", resolution.by());
        put(node, "manager", resolution.manager());
        put(node, "user", resolution.user());
        put(node, "revision", resolution.revision());
        return node;
    }

    private static void put(ObjectNode node, String name, @Nullable String value) {
        if (value != null) {
            node.put(name, value);
        }
    }

    private static void value(ObjectNode node, String name, @Nullable String json) {
        if (json != null) {
            node.set(name, parse(json));
        }
    }

    private static JsonNode parse(String json) {
        try {
            return Json.parse(json.getBytes(StandardCharsets.UTF_8));
        } catch (IOException _) {
            return TextNode.valueOf(json);
        }
    }
}
