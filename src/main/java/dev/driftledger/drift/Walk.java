package dev.driftledger.drift;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Walks both sides of one object at once, by its schema, and hands every difference to a
/// [Findings].
final class Walk {
    private static final JsonNode NO_FIELDS = JsonNodeFactory.instance.objectNode();
    private static final JsonNode NO_ITEMS = JsonNodeFactory.instance.arrayNode();

    private final Findings findings;
    private final Trace trace;
    private final boolean skewed;
    private final Positions positions;

    /// Within how many values that git leaves out and implies the walk is.
    private int impliedDepth;

    /// A walk; `skewed` when the sides are of different versions, so that a field which only one
    /// of them has may be one that the other version does not know; `positions` tells where list
    /// items stood before rules took some out.
    Walk(Findings findings, Trace trace, boolean skewed, Positions positions) {
        this.findings = findings;
        this.trace = trace;
        this.skewed = skewed;
        this.positions = positions;
    }

    /// Compares two nodes that are both there.
    void both(Place at, JsonNode desired, JsonNode live) {
        if (findings.isDone() || at.path().depth() > Comparator.DEPTH_MAX) {
            findings.tooDeep(at.path().depth());
            return;
        }
        if (desired instanceof ObjectNode && live instanceof ObjectNode) {
            fields(at.enter(desired, live), desired, live);
        } else if (desired instanceof ArrayNode && live instanceof ArrayNode) {
            items(at.enter(desired, live), desired, live);
        } else if (desired.isValueNode() && live.isValueNode()) {
            scalar(at, desired, live);
        } else {
            findings.changed(at, desired, live, "type");
        }
    }

    private void scalar(Place at, JsonNode desired, JsonNode live) {
        String rule = Scalars.same(at.shape(), desired, live);
        if (rule == null && isFilledIn(at, desired, live)) {
            findings.equivalent(at, desired, live, "default");
        } else if (rule == null) {
            findings.changed(at, desired, live, ruleOf(at));
        } else if (rule.isEmpty()) {
            same(at, desired, live);
        } else {
            findings.equivalent(at, desired, live, rule);
        }
    }

    private void same(Place at, JsonNode desired, JsonNode live) {
        if (impliedDepth > 0) {
            trace.implied(at, live);
        } else {
            trace.same(at, desired, live);
        }
    }

    /// Compares one field of two objects, either of which may lack it.
    void field(Place at, @Nullable JsonNode desired, @Nullable JsonNode live) {
        JsonNode wanted = desired instanceof NullNode ? null : desired;
        JsonNode found = live instanceof NullNode ? null : live;
        if (wanted != null && found != null) {
            both(at, wanted, found);
        } else if (wanted != null) {
            desiredOnly(at, wanted);
        } else if (found != null && desired != null && isEmptyText(at, found)) {
            findings.equivalent(at, desired, found, "empty");
        } else if (found != null) {
            liveOnly(at, found);
        }
    }

    /// What the API server makes of a null in a map of texts when it creates the object.
    private static boolean isEmptyText(Place at, JsonNode live) {
        return at.around() == Shape.Form.MAP && live.isTextual() && live.asText().isEmpty();
    }

    private void fields(Place at, JsonNode desired, JsonNode live) {
        if (desired.isEmpty() && live.isEmpty()) {
            same(at, desired, live);
        }
        boolean unheard = trace instanceof Silence && at.path().depth() < Comparator.DEPTH_MAX;
        for (Map.Entry<String, JsonNode> each : desired.properties()) {
            JsonNode found = live.get(each.getKey());
            if (!(unheard && Scalars.plainlySame(each.getValue(), found))) {
                field(at.field(each.getKey()), each.getValue(), found);
            }
        }
        for (Map.Entry<String, JsonNode> each : live.properties()) {
            if (!desired.has(each.getKey())) {
                field(at.field(each.getKey()), null, each.getValue());
            }
        }
    }

    private void desiredOnly(Place at, JsonNode desired) {
        if (isUncomparable(at)) {
            return;
        }
        if (Emptiness.saysNothing(at, desired)) {
            findings.equivalent(at, desired, null, "empty");
            return;
        }
        JsonNode implied = at.liveDefault();
        if (implied == null || !matches(at, desired, implied)) {
            findings.removed(at, desired);
        } else {
            trace.defaulted(at, desired, null);
        }
    }

    private void liveOnly(Place at, JsonNode live) {
        if (isUncomparable(at)) {
            return;
        }
        JsonNode wanted = at.desiredDefault();
        JsonNode consequent = at.liveDefault();
        if (consequent != null && !consequent.equals(wanted) && matches(at, consequent, live)) {
            trace.defaulted(at, null, live);
            return;
        }
        if (wanted == null && Emptiness.saysNothing(at, live)) {
            findings.empty(at, live);
            return;
        }
        boolean items = live.isArray() && isKeyed(at.shape());
        if (wanted != null && wanted.isObject() && live.isObject()) {
            implied(at, wanted, live);
        } else if (wanted != null && matches(at, wanted, live)) {
            trace.defaulted(at, null, live);
        } else if (live.isObject() && at.shape().form() == Shape.Form.MAP) {
            implied(at, NO_FIELDS, live);
        } else if (items) {
            implied(at, wanted != null && wanted.isArray() ? wanted : NO_ITEMS, live);
        } else {
            findings.extra(at, live, wanted);
        }
    }

    private void implied(Place at, JsonNode desired, JsonNode live) {
        impliedDepth++;
        both(at, desired, live);
        impliedDepth--;
    }

    /// With different versions on both sides a field that one side lacks says nothing.
    private boolean isUncomparable(Place at) {
        boolean unsaid = skewed && at.around() == Shape.Form.STRUCT;
        if (unsaid) {
            trace.skewed(at);
        }
        return unsaid;
    }

    /// Git names it empty and the API server took that for absent: `apiGroup: ""`.
    private static boolean isFilledIn(Place at, JsonNode desired, JsonNode live) {
        boolean empty = desired.isTextual() && desired.asText().isEmpty();
        boolean noPort = at.name().equals("targetPort") && desired.asText().equals("0");
        JsonNode standard =
                (empty || noPort) && at.shape().isBuiltIn() ? at.desiredDefault() : null;
        return standard != null && Scalars.same(at.shape(), standard, live) != null;
    }

    private static boolean isKeyed(Shape shape) {
        return shape.form() == Shape.Form.LIST_MAP || shape.form() == Shape.Form.SET;
    }

    /// Whether two nodes do not differ at all, defaults filled in.
    private static boolean matches(Place at, JsonNode desired, JsonNode live) {
        if (Scalars.plainlySame(desired, live)) {
            return true;
        }
        Probe probe = new Probe();
        new Walk(probe, Silence.KEPT, false, Positions.UNMOVED).both(at, desired, live);
        return !probe.isDone();
    }

    private void items(Place at, JsonNode desired, JsonNode live) {
        Shape list = at.shape();
        switch (list.form()) {
            case LIST_MAP, SET -> keyed(at, desired, live);
            case ANY, MAP, STRUCT, SCALAR -> {
                boolean named = ListKeys.named(desired) && ListKeys.named(live);
                if (named && !(desired.isEmpty() && live.isEmpty())) {
                    keyed(at, desired, live);
                } else {
                    ordered(at, desired, live);
                }
            }
            case LIST -> {
                if (Unordered.is(at) && sameInAnyOrder(at, desired, live)) {
                    trace.paired(at, desired, live, "any-order");
                } else {
                    ordered(at, desired, live);
                }
            }
        }
    }

    private void keyed(Place at, JsonNode desired, JsonNode live) {
        Map<String, JsonNode> wanted = ListKeys.index(desired, at.shape());
        Map<String, JsonNode> found = ListKeys.index(live, at.shape());
        if (wanted == null || found == null) {
            ambiguous(at, desired, live);
            return;
        }
        trace.paired(at, desired, live, "keys");
        Map<String, String> rekeyed = Rekeyed.pairs(at.shape(), wanted, found);
        for (Map.Entry<String, JsonNode> each : wanted.entrySet()) {
            Place item = at.item(each.getKey());
            JsonNode other = found.get(each.getKey());
            String newKey = rekeyed.get(each.getKey());
            if (other != null) {
                both(item, each.getValue(), other);
            } else if (newKey != null) {
                JsonNode moved = Objects.requireNonNull(found.get(newKey), "keys are from there");
                findings.changed(at.item(newKey), each.getValue(), moved, "list-map:key");
            } else {
                findings.removed(item, each.getValue());
            }
        }
        for (Map.Entry<String, JsonNode> each : found.entrySet()) {
            if (!wanted.containsKey(each.getKey()) && !rekeyed.containsValue(each.getKey())) {
                findings.extra(at.item(each.getKey()), each.getValue(), null);
            }
        }
    }

    /// Two items with one key: which is which cannot be told, so the list is one value.
    private void ambiguous(Place at, JsonNode desired, JsonNode live) {
        trace.paired(at, desired, live, "ambiguous");
        if (desired.size() != live.size() || !sameByPosition(at, desired, live)) {
            findings.changed(at, desired, live, "list-map:duplicate-keys");
        }
    }

    private void ordered(Place at, JsonNode desired, JsonNode live) {
        trace.paired(at, desired, live, "position");
        if (desired.size() != live.size()) {
            findings.changed(at, desired, live, "list");
            return;
        }
        for (int i = 0; i < desired.size(); i++) {
            both(position(at, positions.first(live, i)), desired.get(i), live.get(i));
        }
    }

    private static boolean sameByPosition(Place at, JsonNode desired, JsonNode live) {
        for (int i = 0; i < desired.size(); i++) {
            if (!matches(position(at, i), desired.get(i), live.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameInAnyOrder(Place at, JsonNode desired, JsonNode live) {
        if (desired.size() != live.size() || desired.size() > Unordered.SIZE_MAX) {
            return false;
        }
        boolean[] taken = new boolean[live.size()];
        for (int i = 0; i < desired.size(); i++) {
            int match = 0;
            while (match < taken.length
                    && (taken[match]
                            || !matches(position(at, i), desired.get(i), live.get(match)))) {
                match++;
            }
            if (match == taken.length) {
                return false;
            }
            taken[match] = true;
        }
        return true;
    }

    private static Place position(Place at, int index) {
        return at.item(Integer.toString(index));
    }

    private static String ruleOf(Place at) {
        return at.path().list() == null ? "field" : "item";
    }
}
