package dev.driftledger.drift;

import com.fasterxml.jackson.databind.JsonNode;
import dev.driftledger.drift.defaults.DefaultTable;
import dev.driftledger.drift.rules.Whole;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Words and values as explanations spell them, of bounded length.
final class Spelling {
    private static final int VALUE_MAX = 200;
    private static final String TYPES = "io.k8s.api.";

    private Spelling() {}

    /// A text from outside, cut.
    static String text(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return "''";
        }
        return text.length() <= VALUE_MAX
                ? text
                : text.substring(0, VALUE_MAX) + "… (" + text.length() + " characters)";
    }

    /// A value as compact JSON, cut; large trees by their size alone.
    static String value(@Nullable JsonNode value) {
        if (value == null || value.isMissingNode()) {
            return "nothing";
        }
        if (value.isContainerNode() && !isSmall(value, 3)) {
            return (value.isArray() ? "a list of " : "an object of ") + value.size();
        }
        return text(value.toString());
    }

    private static boolean isSmall(JsonNode node, int depth) {
        if (node.isValueNode()) {
            return node.asText().length() <= VALUE_MAX;
        }
        if (depth == 0 || node.size() > 8) {
            return node.isEmpty();
        }
        for (JsonNode each : node) {
            if (!isSmall(each, depth - 1)) {
                return false;
            }
        }
        return true;
    }

    /// Such as `1 path` and `2 paths`.
    static String count(int count, String thing) {
        return count + " " + thing + (count == 1 ? "" : "s");
    }

    /// `kubectl-edit (Update, 2026-01-02T00:00:00Z)`.
    static String entry(FieldOwners.Entry entry) {
        String sub = entry.subresource() == null ? "" : " of " + text(entry.subresource());
        String time = entry.time() == null ? "" : ", " + entry.time();
        return text(entry.manager()) + " (" + text(entry.operation()) + sub + time + ")";
    }

    /// Where a default comes from: a schema, or Go code of Kubernetes that is kept as a table.
    static String defaultSource(Place at) {
        String field = at.name();
        boolean coded =
                (at.desired() != null && DefaultTable.find(at.desired(), field) != null)
                        || (at.live() != null && DefaultTable.find(at.live(), field) != null);
        String type = at.desired() == null ? "" : at.desired().type();
        if (!coded) {
            return "the schema says so";
        }
        if (!type.startsWith(TYPES)) {
            return "Go code of Kubernetes, " + type + "." + field;
        }
        String[] parts = type.substring(TYPES.length()).split("\\.", 3);
        return parts.length < 3
                ? type + "." + field
                : "Go code of Kubernetes, pkg/apis/"
                        + parts[0]
                        + "/"
                        + parts[1]
                        + "/defaults.go, "
                        + parts[2]
                        + "."
                        + field;
    }

    /// How items of a list belong together.
    static String pairing(Shape list, String how) {
        return switch (how) {
            case "position" -> "a list that is one value: items belong together by position";
            case "any-order" -> "a list whose order the API server changes: the same items";
            case "ambiguous" -> "two items have one key: the list is one value";
            default -> keys(list);
        };
    }

    private static String keys(Shape list) {
        return switch (list.form()) {
            case LIST_MAP -> "items belong together by " + String.join(" and ", list.keys());
            case SET -> "a set: items belong together by value";
            case LIST, ANY, STRUCT, MAP, SCALAR ->
                    "no schema says how items belong together: by their names";
        };
    }

    /// What differs, or how two spellings mean the same.
    static String difference(Difference difference) {
        JsonNode desired = difference.desired();
        JsonNode live = difference.live();
        String both = "git says " + value(desired) + ", the cluster has " + value(live);
        return switch (difference.rule()) {
            case "quantity", "quantity:guessed" -> both + ": " + amounts(desired, live);
            case "empty" -> both + ": empty says nothing";
            case "list-map:key" -> both + ": the same item under another key";
            case "rendered-twice" -> both + ": rendering it twice gives different values";
            case "default" -> both + ": the default";
            default -> both;
        };
    }

    private static String amounts(@Nullable JsonNode desired, @Nullable JsonNode live) {
        BigDecimal one = desired == null ? null : Quantities.parse(desired.asText());
        BigDecimal other = live == null ? null : Quantities.parse(live.asText());
        if (one == null || other == null) {
            return "the same amount";
        }
        return one.compareTo(other) == 0
                ? "both are the amount " + plain(other)
                : "the API server rounds " + plain(one) + " up to " + plain(other);
    }

    private static String plain(BigDecimal amount) {
        return text(amount.stripTrailingZeros().toPlainString());
    }

    /// Why a difference is what it is.
    static String why(Difference difference, boolean isApplierKnown) {
        return switch (difference.rule()) {
            case "list-map:key" -> "the same item under another key";
            case "list-map:duplicate-keys" -> "two items have one key: the list is one value";
            case "list" -> "a list that is one value has another number of items";
            case "type" -> "another type of value";
            case "default" -> "git is silent, so the default is meant";
            case "autoscaler-range" -> "judged by the range in which an autoscaler may move it";
            case "aggregated-rules" -> "the control plane fills in aggregated rules";
            case "rendered-twice" -> "rendering it twice gives different values";
            case "quantity" -> "the same amount";
            case "quantity:guessed" -> "the same amount, if it is one: no schema says so";
            case "empty" -> "empty says no more than absent";
            case "left-by-applier" -> "its applier still owns what git names no more";
            case "left-in-data" -> "git once named it, and an apply leaves it in a Secret";
            case "applier-bookkeeping" -> "the applier's own bookkeeping";
            case "written-with-apply" -> "its applier owns it, and git never named it";
            case "ownership-unreliable" -> "nobody can be told: ownership was erased";
            case "tool-mark" -> "a tool's mark on its own objects";
            case OnTheWay.RULE -> OnTheWay.WORDS;
            default -> standard(difference, isApplierKnown);
        };
    }

    private static String standard(Difference difference, boolean isApplierKnown) {
        return switch (difference.kind()) {
            case CHANGED -> "git names a value and the cluster has another";
            case REMOVED -> "git names it and the cluster has none";
            case EXTRA_OWNED -> "its applier still owns what git names no more";
            case OVERLAY ->
                    isApplierKnown
                            ? "laid over git's state by somebody else than its applier"
                            : "laid over git's state; who applies git is not known";
            case CONTROLLED -> "written by a controller or admission";
            case EXPECTED_DYNAMIC -> "within the range in which it may move";
            case SIDE_EFFECT -> "made up by the platform";
            case EQUIVALENT -> "written differently, means the same";
            case IGNORED -> "hidden by a rule";
            case NONDETERMINISTIC -> "git has no say";
        };
    }

    /// What a sort of difference means.
    static String sort(Difference.Kind kind, boolean isApplierKnown) {
        return switch (kind) {
            case CHANGED -> "changed: git names or implies a value and the cluster has another";
            case REMOVED -> "removed: git names it and the cluster has none";
            case EXTRA_OWNED -> "extra: its applier left it, and git does not name it";
            case OVERLAY ->
                    isApplierKnown
                            ? "overlay: somebody else than the applier laid it over git's state"
                            : "overlay: laid over git's state; who applies git is not known";
            case CONTROLLED -> "controlled: a controller or admission does what it is there for";
            case EXPECTED_DYNAMIC -> "expected: within the range in which it may move";
            case SIDE_EFFECT -> "side effect: made up by the platform";
            case EQUIVALENT -> "equivalent: written differently, means the same";
            case IGNORED -> "ignored: a rule hides it";
            case NONDETERMINISTIC -> "non-deterministic: git has no say";
        };
    }

    /// What one rule hid.
    static String hiding(Hiding hiding) {
        String said = hiding.reason() == null ? null : text(hiding.reason());
        Whole whole = hiding.whole();
        if (whole != null) {
            return Hiding.words(text(hiding.origin()), whole.label(), said);
        }
        String reason = said == null ? "" : ", because " + said;
        String all = hiding.everything() ? "; it hides everything of substance" : "";
        String count = " hides " + count(hiding.fieldsCount(), "field");
        return "the rule of " + text(hiding.origin()) + count + reason + all;
    }

    /// The differences of a verdict that do not count.
    static List<Difference> notes(Verdict verdict) {
        return switch (verdict) {
            case Verdict.InSync(List<Difference> notes, _) -> notes;
            case Verdict.Drifted(_, List<Difference> notes, _) -> notes;
            case Verdict.Ignored(List<Difference> notes, _) -> notes;
            case Verdict.Missing _, Verdict.Unmanaged _, Verdict.Extra _, Verdict.Unknown _ ->
                    List.of();
        };
    }

    static String verdict(Verdict verdict) {
        return switch (verdict) {
            case Verdict.InSync(List<Difference> notes, Verdict.Certainty certainty) ->
                    "in sync: nothing counts, " + count(notes.size(), "note") + certain(certainty);
            case Verdict.Drifted(
                            List<Difference> counted,
                            List<Difference> notes,
                            Verdict.Certainty certainty) ->
                    "drifted: "
                            + count(counted.size(), "difference")
                            + (counted.size() == 1 ? " counts, " : " count, ")
                            + count(notes.size(), "note")
                            + certain(certainty);
            case Verdict.Ignored(List<Difference> notes, Verdict.Certainty certainty) ->
                    "ignored: rules hide everything that counts, "
                            + count(notes.size(), "note")
                            + certain(certainty);
            case Verdict.Missing _ -> "missing: applied, and the cluster does not have it";
            case Verdict.Unmanaged _ -> "unmanaged: nobody names it";
            case Verdict.Extra _ -> "extra: once applied, named no more, still there";
            case Verdict.Unknown(String reason) -> "unknown: " + text(reason);
        };
    }

    private static String certain(Verdict.Certainty certainty) {
        return switch (certainty) {
            case SCHEMA -> "";
            case STRUCTURAL -> "; less certain, for want of a schema";
            case VERSION_SKEW -> "; less certain, for two API versions were compared";
        };
    }
}
