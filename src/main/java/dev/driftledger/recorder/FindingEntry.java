package dev.driftledger.recorder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.driftledger.drift.Owner;
import dev.driftledger.ledger.EntryType;
import dev.driftledger.model.Json;
import dev.driftledger.model.Rfc3339;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes the entries about findings.
final class FindingEntry {
    private FindingEntry() {}

    /// How a finding ended.
    ///
    /// @param by `reconciler`, `human`, `controller`, `commit`, `deletion`, `rule`,
    ///     `configuration`, `unconfigured` or `unknown`
    /// @param rule the ignore rule that hides it; null when something else ended it
    /// @param reason what led to it where nobody wrote anything, or why the rule hides it; null
    ///     where somebody wrote, or gave no reason
    record Resolution(
            String by,
            @Nullable String manager,
            @Nullable String user,
            @Nullable String revision,
            @Nullable String rule,
            @Nullable String reason) {
        static Resolution because(String by, String reason) {
            return new Resolution(by, null, null, null, null, reason);
        }
    }

    static void opened(Draft draft, Row.Finding finding) {
        draft.write(statement(draft, EntryType.FINDING_OPENED, finding));
    }

    /// @param changes in which respects it is not what the entry before said
    static void updated(Draft draft, Row.Finding finding, List<String> changes) {
        Statement statement = statement(draft, EntryType.FINDING_UPDATED, finding);
        ArrayNode names = statement.body().putArray("changes");
        changes.forEach(names::add);
        draft.write(statement);
    }

    static void resolved(Draft draft, Row.Finding finding, Resolution resolution) {
        Statement statement = statement(draft, EntryType.FINDING_RESOLVED, finding);
        resolution(statement.body().putObject("resolution"), resolution)
                .put("at", Rfc3339.format(draft.observedAt()));
        draft.write(statement);
    }

    private static Statement statement(Draft draft, EntryType type, Row.Finding finding) {
        Row.Stated stated = finding.stated();
        Statement statement =
                new Statement(type, Statement.Source.RECORDER)
                        .actor(stated.owner())
                        .digests(stated.digests())
                        .correlation(finding.id());
        Findings.Target about = finding.about();
        if (about.resource() != null) {
            statement.subject(
                    Statement.subjectOf(about.resource(), about.version(), about.uid(), null));
        }
        ObjectNode body = statement.body();
        body.put("finding", finding.id())
                .put("class", finding.kind())
                .put("state", finding.open() ? "open" : "resolved")
                .put("application", finding.application().id());
        put(body, "path", finding.path());
        value(body, "desired", stated.desired());
        value(body, "live", stated.live());
        owner(body.putObject("owner"), stated.owner());
        body.put("severity", stated.severity().label());
        put(body, "rule", stated.rule());
        put(body, "certainty", stated.certainty());
        revisions(draft, body, finding);
        body.put("openedAt", Rfc3339.format(finding.life().openedAt()))
                .put("count", finding.life().count());
        put(body, "reason", stated.reason());
        return statement;
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
        put(node, "rule", resolution.rule());
        put(node, "reason", resolution.reason());
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
