package dev.driftledger.web;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// A state that is shown by a shape, a word and a colour together, so that none of the three is
/// needed alone.
///
/// @param value as entries and JSON spell it, such as `in-sync`
/// @param label the word for people
/// @param tone the colour's role, a class of the style sheet
/// @param path the shape, SVG path data within 16 by 16
@Schema(type = SchemaType.STRING)
record Mark(@JsonValue String value, String label, String tone, String path) {
    static final String CHECK = "M3 8.5 6.5 12 13 4.5";
    static final String CROSS = "M4 4 12 12 M12 4 4 12";
    private static final String TRIANGLE = "M8 2.5 14 13.5 2 13.5 Z M8 6.5 8 9.5 M8 11.4 8 11.6";
    private static final String CLOCK = "M8 2 A6 6 0 1 1 7.99 2 Z M8 4.8 8 8 10.5 9.5";
    private static final String QUESTION =
            "M5.2 5.8 A2.8 2.8 0 1 1 8.6 8.5 Q8 8.8 8 10 M8 12.4 8 12.6";
    private static final String PLUS = "M8 3 8 13 M3 8 13 8";
    private static final String MINUS = "M3 8 13 8";
    private static final String DIAMOND = "M8 2 14 8 8 14 2 8 Z";
    private static final String DOT = "M8 5 A3 3 0 1 1 7.99 5 Z";
    private static final String PERSON =
            "M8 2.5 A2.6 2.6 0 1 1 7.99 2.5 Z M3 14 Q3 9.5 8 9.5 T13 14";
    private static final String SQUARE = "M3.5 3.5 12.5 3.5 12.5 12.5 3.5 12.5 Z";
    private static final String CIRCLE = "M8 2.5 A5.5 5.5 0 1 1 7.99 2.5 Z";

    private static final Map<String, Mark> VERDICTS =
            Map.of(
                    "in-sync", new Mark("in-sync", "In sync", "good", CHECK),
                    "ignored", new Mark("ignored", "Ignored", "none", DOT),
                    "drifted", new Mark("drifted", "Drifted", "bad", TRIANGLE),
                    "missing", new Mark("missing", "Missing", "bad", CROSS),
                    "unmanaged", new Mark("unmanaged", "Unmanaged", "warn", PLUS),
                    "extra", new Mark("extra", "Extra", "warn", PLUS),
                    "pending", new Mark("pending", "Pending", "wait", CLOCK),
                    "unconfigured",
                            new Mark("unconfigured", "No longer configured", "quiet", MINUS));

    private static final Map<String, Mark> SEVERITIES =
            Map.of(
                    "critical", new Mark("critical", "Critical", "bad", DIAMOND),
                    "high", new Mark("high", "High", "bad", TRIANGLE),
                    "medium", new Mark("medium", "Medium", "warn", SQUARE),
                    "low", new Mark("low", "Low", "wait", DOT),
                    "info", new Mark("info", "Info", "quiet", MINUS));

    private static final Map<String, Mark> OWNERS =
            Map.of(
                    "human", new Mark("human", "Human", "plain", PERSON),
                    "controller", new Mark("controller", "Controller", "plain", CIRCLE),
                    "reconciler", new Mark("reconciler", "Reconciler", "plain", DIAMOND),
                    "admission", new Mark("admission", "Admission", "plain", SQUARE));

    /// A resource's or an application's verdict; what is not understood is unknown, never in sync.
    static Mark verdict(String value) {
        return VERDICTS.getOrDefault(value, new Mark(value, words(value), "none", QUESTION));
    }

    /// A finding's severity.
    static Mark severity(String value) {
        return SEVERITIES.getOrDefault(value, new Mark(value, words(value), "none", QUESTION));
    }

    /// What sort of actor somebody is.
    static Mark owner(String value) {
        return OWNERS.getOrDefault(value, new Mark(value, words(value), "none", QUESTION));
    }

    /// A finding's state.
    static Mark state(String value) {
        return switch (value) {
            case "open" -> new Mark(value, "Open", "bad", CIRCLE);
            case "resolved" -> new Mark(value, "Resolved", "good", CHECK);
            default -> new Mark(value, words(value), "none", QUESTION);
        };
    }

    /// The state of a finding that nobody resolved: its application is configured no more.
    static Mark unconfigured(String value) {
        return new Mark(value, "Ended", "quiet", MINUS);
    }

    /// The state of a finding that a rule hides.
    static Mark hidden(String value) {
        return new Mark(value, "Hidden by a rule", "none", DOT);
    }

    /// Nothing recorded says anything about it: distinct from every verdict.
    static Mark notObserved() {
        return new Mark("not-observed", "Not observed", "none", QUESTION);
    }

    /// `ownership-erased` as `Ownership erased`.
    static String words(String value) {
        if (value.isEmpty()) {
            return "Unknown";
        }
        return Character.toUpperCase(value.charAt(0)) + value.substring(1).replace('-', ' ');
    }
}
