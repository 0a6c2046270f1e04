package dev.driftledger.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.ledger.Entry;
import dev.driftledger.ledger.EntryType;
import dev.driftledger.model.Json;
import dev.driftledger.model.RecorderConfig;
import dev.driftledger.model.Rfc3339;
import dev.driftledger.service.MemoryLog;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The findings and side effects of a log, with their histories.
///
/// @param entriesCount how many entries the log has
/// @param root of its tree, hex
/// @param findings by finding id, every entry about it, in order
/// @param effects entries about side effects, in order
/// @param judgedCount applications that have a verdict at the end
/// @param unjudged applications whose verdict at the end is unknown, which is not "no drift"
record ReplayReport(
        long entriesCount,
        String root,
        Map<String, List<Entry>> findings,
        List<Entry> effects,
        int judgedCount,
        List<String> unjudged) {
    private static final String UNKNOWN = "unknown";

    /// Classes of findings that say why an application has no verdict.
    private static final Set<String> WHOLE = Set.of(UNKNOWN, "pending");

    private static final int VALUE_MAX = 80;

    /// How a report is printed.
    enum Format {
        table,
        json
    }

    /// @param applications those that were to be judged
    static ReplayReport of(MemoryLog log, List<RecorderConfig.Application> applications) {
        Map<String, String> verdicts = new LinkedHashMap<>();
        applications.forEach(one -> verdicts.put(one.id().id(), UNKNOWN));
        Map<String, List<Entry>> findings = new LinkedHashMap<>();
        List<Entry> effects = new ArrayList<>();
        for (Entry entry : log.entries()) {
            if (entry.type() == EntryType.EFFECT_OBSERVED) {
                effects.add(entry);
            }
            if (entry.type() == EntryType.SNAPSHOT) {
                verdicts.put(
                        body(entry).path("application").asText(),
                        body(entry).path("verdict").asText());
            }
            JsonNode id = body(entry).path("finding");
            if (id.isTextual()) {
                findings.computeIfAbsent(id.textValue(), _ -> new ArrayList<>()).add(entry);
            }
        }
        List<String> unjudged =
                verdicts.keySet().stream()
                        .filter(one -> UNKNOWN.equals(verdicts.get(one)))
                        .toList();
        return new ReplayReport(
                log.frontier().size(),
                log.frontier().root().hex(),
                findings,
                effects,
                verdicts.size() - unjudged.size(),
                unjudged);
    }

    /// As `driftledger replay --help` says.
    int exitCode() {
        if (!unjudged.isEmpty() || judgedCount == 0) {
            return 2;
        }
        return openCount() == 0 ? 0 : 1;
    }

    /// How many findings are open at the end.
    long openCount() {
        return findings.values().stream()
                .filter(history -> body(history.getLast()).path("state").asText().equals("open"))
                .count();
    }

    void print(Format format, PrintWriter out) {
        switch (format) {
            case json -> out.println(json());
            case table -> table(out);
        }
    }

    private void table(PrintWriter out) {
        for (List<Entry> history : findings.values()) {
            JsonNode last = body(history.getLast());
            out.printf(
                    "%-8s  %s  %-16s  %s  %s  %s%n",
                    last.path("state").asText(),
                    Rfc3339.format(history.getFirst().observedAt()),
                    last.path("class").asText(),
                    last.path("application").asText(),
                    subject(history.getLast()),
                    last.path("path").asText());
            out.printf("          %s%n", Printable.text(who(last)));
            String about = about(last);
            if (!about.isEmpty()) {
                out.printf("          %s%n", about);
            }
        }
        for (Entry effect : effects) {
            JsonNode body = body(effect);
            out.printf(
                    "effect    %s  %-16s  %s  %s  %s%n",
                    Rfc3339.format(effect.observedAt()),
                    body.path("change").asText(),
                    subject(effect),
                    body.path("effect").asText(),
                    body.path("new").asText(body.path("old").asText()));
        }
        if (judgedCount == 0 && unjudged.isEmpty()) {
            out.println(
                    "unknown   no application was given (--repo, --source): nothing was judged");
        }
        for (String application : unjudged) {
            out.printf(
                    "unknown   %s could not be judged at the end%s%n",
                    application, reason(application));
        }
        out.printf(
                "%d findings, %d open, %d side effects; %d entries, root %s%n",
                findings.size(), openCount(), effects.size(), entriesCount, root);
    }

    /// Why it is a finding: its reason, else what each side has.
    private static String about(JsonNode finding) {
        if (finding.path("reason").isTextual()) {
            return Printable.text(finding.path("reason").textValue());
        }
        if (!finding.has("desired") && !finding.has("live")) {
            return "";
        }
        return "git: "
                + Printable.value(finding.get("desired"), VALUE_MAX)
                + "; cluster: "
                + Printable.value(finding.get("live"), VALUE_MAX);
    }

    /// What the last open finding about an application as a whole says.
    private String reason(String application) {
        String reason = "";
        for (List<Entry> history : findings.values()) {
            JsonNode last = body(history.getLast());
            if (last.path("application").asText().equals(application)
                    && WHOLE.contains(last.path("class").asText())
                    && last.path("state").asText().equals("open")
                    && last.path("reason").isTextual()) {
                reason = ": " + Printable.text(last.path("reason").textValue());
            }
        }
        return reason;
    }

    private static String who(JsonNode finding) {
        JsonNode owner = finding.path("owner");
        String by =
                owner.path("type").asText("unknown")
                        + optional(" ", owner.path("user"))
                        + optional(" via ", owner.path("manager"));
        String end =
                finding.has("resolution")
                        ? "; ended by "
                                + finding.path("resolution").path("by").asText()
                                + optional(" ", finding.path("resolution").path("rule"))
                                + optional(" ", finding.path("resolution").path("user"))
                                + optional(" via ", finding.path("resolution").path("manager"))
                        : "";
        return finding.path("severity").asText() + ", by " + by + end;
    }

    private static String optional(String before, JsonNode value) {
        return value.isTextual() ? before + value.textValue() : "";
    }

    private String json() {
        ObjectNode report = Json.shared().createObjectNode();
        report.put("entries", entriesCount).put("root", root).put("open", openCount());
        ArrayNode unknown = report.putArray("unjudged");
        unjudged.forEach(unknown::add);
        ArrayNode list = report.putArray("findings");
        findings.forEach((id, history) -> {
            ObjectNode finding = list.addObject();
            finding.put("finding", id).put("resource", subject(history.getLast()));
            ArrayNode steps = finding.putArray("history");
            for (Entry entry : history) {
                ObjectNode step = steps.addObject();
                step.put("type", entry.type().wireName());
                step.put("at", Rfc3339.format(entry.observedAt()));
                step.setAll((ObjectNode) body(entry));
            }
        });
        ArrayNode sideEffects = report.putArray("effects");
        for (Entry effect : effects) {
            ObjectNode step = sideEffects.addObject();
            step.put("resource", subject(effect));
            step.put("at", Rfc3339.format(effect.observedAt()));
            step.setAll((ObjectNode) body(effect));
        }
        try {
            return Json.shared().writerWithDefaultPrettyPrinter().writeValueAsString(report);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("writing a tree to memory", e);
        }
    }

    private static String subject(Entry entry) {
        Entry.Subject s = entry.subject();
        if (s == null) {
            return "-";
        }
        String type = s.group().isEmpty() ? s.kind() : s.group() + "/" + s.kind();
        return type + " " + (s.namespace().isEmpty() ? "" : s.namespace() + "/") + s.name();
    }

    private static JsonNode body(Entry entry) {
        ObjectNode body = entry.body();
        return body == null ? Json.shared().createObjectNode() : body;
    }
}
