package dev.driftledger.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.ledger.Checkpoint;
import dev.driftledger.ledger.VerificationReport;
import dev.driftledger.ledger.VerificationReport.Outcome;
import dev.driftledger.ledger.VerificationReport.Step;
import dev.driftledger.model.Json;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/// Prints what a verification found, for people or as JSON. What came out of a log is printed
/// without control characters, which could otherwise fake lines of the output.
final class VerifyReportPrinter {
    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean json;

    private VerifyReportPrinter(PrintWriter out, PrintWriter err, boolean json) {
        this.out = out;
        this.err = err;
        this.json = json;
    }

    static VerifyReportPrinter to(@Nullable CommandSpec spec, boolean json) {
        CommandSpec injected = Objects.requireNonNull(spec, "picocli sets the spec");
        return new VerifyReportPrinter(
                injected.commandLine().getOut(), injected.commandLine().getErr(), json);
    }

    void printError(String message) {
        err.println(printable(message));
        err.flush();
    }

    void print(Map<String, VerificationReport> reports) {
        if (json) {
            out.println(toJson(reports));
        } else {
            reports.forEach(this::printText);
        }
        out.flush();
    }

    private void printText(String place, VerificationReport report) {
        Checkpoint head = report.checkpoint();
        out.println("log at " + printable(place));
        if (head != null) {
            out.println("  origin  " + printable(head.origin()));
            out.println("  size    " + head.size());
            out.println("  root    " + head.root());
        }
        for (Step step : report.steps()) {
            out.printf(
                    "  %-11s  %-18s  %s%n", step.outcome(), step.name(), printable(step.detail()));
        }
        out.println("  " + verdict(report));
    }

    private static String verdict(VerificationReport report) {
        if (report.failed()) {
            return "=> FAIL: this log does not hold";
        }
        boolean all = report.steps().stream().allMatch(step -> step.outcome() == Outcome.PASS);
        return all ? "=> PASS" : "=> PASS, apart from what is NOT_CHECKED above";
    }

    private static String toJson(Map<String, VerificationReport> reports) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        ArrayNode logs = root.putArray("logs");
        reports.forEach((place, report) -> addLog(logs.addObject(), place, report));
        root.put("failed", reports.values().stream().anyMatch(VerificationReport::failed));
        try {
            return Json.shared().writerWithDefaultPrettyPrinter().writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("writing a tree to memory", e);
        }
    }

    private static void addLog(ObjectNode log, String place, VerificationReport report) {
        Checkpoint head = report.checkpoint();
        log.put("place", place);
        if (head != null) {
            log.put("origin", head.origin()).put("size", head.size());
            log.put("root", head.root().hex());
        }
        log.put("failed", report.failed());
        ArrayNode steps = log.putArray("steps");
        for (Step step : report.steps()) {
            steps.addObject()
                    .put("name", step.name())
                    .put("outcome", step.outcome().name())
                    .put("detail", step.detail());
        }
    }

    private static String printable(String text) {
        return text.replaceAll("\\p{C}", "\ufffd");
    }
}
