package dev.driftledger.drift.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// A label selection expression (k8s.io/apimachinery/pkg/labels): requirements joined by commas,
/// each `key`, `!key`, `key = v`, `key == v`, `key != v`, `key in (a, b)`, `key notin (a, b)`,
/// `key > 1` or `key < 1`. All must hold; `!=` and `notin` hold for objects without the key.
final class LabelSelector {
    private static final int LENGTH_MAX = 4096;
    private static final String KEY = "([A-Za-z0-9](?:[-A-Za-z0-9_./]*[A-Za-z0-9])?)";
    private static final Pattern REQUIREMENT =
            Pattern.compile(
                    "\\s*(?:"
                            + ("(?P<not>!)\\s*" + KEY)
                            + ("|" + KEY + "\\s+(?P<set>in|notin)\\s*\\((?P<values>[^()]*)\\)")
                            + ("|" + KEY + "\\s*(?P<op>==|=|!=|<|>)\\s*(?P<value>[^\\s,()!=<>]*)")
                            + ("|" + KEY)
                            + ")\\s*(?P<end>,|$)");

    private enum Operator {
        EXISTS,
        ABSENT,
        IN,
        NOT_IN,
        LESS,
        GREATER
    }

    private record Requirement(String key, Operator operator, Set<String> values) {}

    private final List<Requirement> requirements;

    private LabelSelector(List<Requirement> requirements) {
        this.requirements = requirements;
    }

    /// @throws RuleException when it is no such expression
    static LabelSelector of(String text) throws RuleException {
        if (text.length() > LENGTH_MAX) {
            throw new RuleException("selector has more than " + LENGTH_MAX + " characters");
        }
        List<Requirement> requirements = new ArrayList<>();
        Matcher matcher = REQUIREMENT.matcher(text);
        int at = 0;
        boolean more = !text.isBlank();
        while (more) {
            if (!matcher.find(at) || matcher.start() != at) {
                throw new RuleException(
                        "'" + text + "' is no label selection expression at character " + at);
            }
            requirements.add(requirement(matcher));
            at = matcher.end();
            more = matcher.group("end").equals(",");
        }
        return new LabelSelector(List.copyOf(requirements));
    }

    boolean matches(JsonNode labels) {
        for (Requirement each : requirements) {
            JsonNode value = labels.get(each.key);
            boolean there = value != null && value.isTextual();
            String text = there ? value.asText() : "";
            boolean holds =
                    switch (each.operator) {
                        case EXISTS -> there;
                        case ABSENT -> !there;
                        case IN -> there && each.values.contains(text);
                        case NOT_IN -> !there || !each.values.contains(text);
                        case LESS -> there && compared(text, each.values) < 0;
                        case GREATER -> there && compared(text, each.values) > 0;
                    };
            if (!holds) {
                return false;
            }
        }
        return true;
    }

    private static Requirement requirement(Matcher matcher) throws RuleException {
        if (matcher.group("not") != null) {
            return new Requirement(matcher.group(2), Operator.ABSENT, Set.of());
        }
        if (matcher.group("set") != null) {
            Set<String> values = new java.util.HashSet<>();
            for (String each : matcher.group("values").split(",", -1)) {
                values.add(each.strip());
            }
            boolean in = matcher.group("set").equals("in");
            return new Requirement(
                    matcher.group(3), in ? Operator.IN : Operator.NOT_IN, Set.copyOf(values));
        }
        if (matcher.group("op") == null) {
            return new Requirement(matcher.group(9), Operator.EXISTS, Set.of());
        }
        String key = matcher.group(6);
        Set<String> value = Set.of(matcher.group("value"));
        return switch (matcher.group("op")) {
            case "!=" -> new Requirement(key, Operator.NOT_IN, value);
            case "<" -> new Requirement(key, Operator.LESS, number(value));
            case ">" -> new Requirement(key, Operator.GREATER, number(value));
            default -> new Requirement(key, Operator.IN, value);
        };
    }

    private static Set<String> number(Set<String> value) throws RuleException {
        String text = value.iterator().next();
        try {
            Long.parseLong(text);
            return value;
        } catch (NumberFormatException _) {
            throw new RuleException("'" + text + "' after < or > is no whole number");
        }
    }

    /// A label that is no number matches neither way.
    private static int compared(String label, Set<String> bound) {
        try {
            return Long.compare(Long.parseLong(label), Long.parseLong(bound.iterator().next()));
        } catch (NumberFormatException _) {
            return 0;
        }
    }
}
