package dev.driftledger.drift;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.drift.Verdict.Certainty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Tells whether a live object is what was applied.
///
/// Structured-merge comparison by schema: what git names must be there, what git leaves out must
/// be a default, an allocation, or somebody's, who is named. The server's own fields of `metadata`
/// and all of `status` never count.
public final class Comparator {
    /// What the API server fills in (Kubernetes pkg/apis/apps/v1/defaults.go); the autoscaler has
    /// not moved it yet.
    private static final long REPLICAS_DEFAULT = 1;

    /// How deep an object may nest to be judged.
    public static final int DEPTH_MAX = 500;

    static final java.util.Comparator<Difference> BY_PATH =
            java.util.Comparator.comparing(Difference::path).thenComparing(Difference::kind);

    private Comparator() {}

    /// Never throws for any two JSON objects: what cannot be judged is [Verdict.Unknown].
    public static Verdict compare(Comparison comparison) {
        return judge(comparison).verdict();
    }

    /// The verdict with what the ignore rules had to do with it; never throws either.
    public static Judgement judge(Comparison comparison) {
        return judge(comparison, Silence.KEPT);
    }

    /// The same, telling a trace of every rule that fires.
    static Judgement judge(Comparison given, Trace trace) {
        Comparison comparison = SecretData.folded(given);
        trace.begun(comparison);
        Verdict plain = compare(comparison, Positions.UNMOVED, trace);
        Judgement judgement = Ignoring.judge(comparison, plain);
        trace.ended(judgement);
        return judgement;
    }

    /// The verdict without any rule.
    static Verdict compare(Comparison comparison, Positions positions, Trace trace) {
        ObjectNode desired = comparison.desired();
        ObjectNode live = comparison.live();
        Gvk wanted = Gvk.of(desired);
        Gvk found = Gvk.of(live);
        if (!wanted.group().equals(found.group()) || !wanted.kind().equals(found.kind())) {
            return new Verdict.Unknown(
                    "desired is " + wanted.display() + ", live is " + found.display());
        }
        String incomparable = SecretData.incomparable(desired, live);
        if (incomparable != null) {
            return new Verdict.Unknown(incomparable);
        }
        Shape shape =
                comparison.criteria().schemas().find(found.group(), found.version(), found.kind());
        Certainty certainty = certainty(wanted, found, shape);
        trace.schema(comparison, certainty);
        Judge judge = new Judge(comparison, trace);
        Place root = Place.root(shape == null ? Shape.ANY : shape);
        Walk walk = new Walk(judge, trace, certainty == Certainty.VERSION_SKEW, positions);
        trace.passedOver("status", "what the cluster reports is nobody's to want");
        body(root.enter(desired, live), walk, judge, comparison);
        trace.passedOver("metadata", "but for labels, annotations, finalizers and owners");
        Walk besides = new Walk(judge, trace, false, positions);
        metadata(desired.path("metadata"), live.path("metadata"), besides);
        return judge.wasTooDeep()
                ? new Verdict.Unknown("object nests deeper than " + DEPTH_MAX + " levels")
                : verdict(judge.differences(), certainty);
    }

    private static void body(Place root, Walk walk, Judge judge, Comparison comparison) {
        JsonNode desired = java.util.Objects.requireNonNull(root.desired()).self();
        ObjectNode live = comparison.live();
        for (Map.Entry<String, JsonNode> each : desired.properties()) {
            part(root, each.getKey(), walk, judge, comparison);
        }
        for (Map.Entry<String, JsonNode> each : live.properties()) {
            if (!desired.has(each.getKey())) {
                part(root, each.getKey(), walk, judge, comparison);
            }
        }
    }

    private static void part(
            Place root, String name, Walk walk, Judge judge, Comparison comparison) {
        JsonNode desired = java.util.Objects.requireNonNull(root.desired()).self();
        ObjectNode live = comparison.live();
        switch (name) {
            case "apiVersion", "kind", "metadata", "status" -> {}
            case "rules" -> {
                if (!(desired.has("aggregationRule") || live.has("aggregationRule"))) {
                    walk.field(root.field(name), desired.get(name), live.get(name));
                } else if (!same(desired.path(name), live.path(name))) {
                    judge.note(
                            name,
                            Difference.Kind.EXPECTED_DYNAMIC,
                            desired.get(name),
                            live.get(name));
                }
            }
            case "spec" -> spec(root.field(name), walk, judge, comparison);
            default -> walk.field(root.field(name), desired.get(name), live.get(name));
        }
    }

    /// The spec; replicas that an autoscaler moves are judged apart.
    private static void spec(Place at, Walk walk, Judge judge, Comparison comparison) {
        JsonNode desired = comparison.desired().get("spec");
        JsonNode live = comparison.live().get("spec");
        AutoscalerRange range =
                AutoscalerRange.of(comparison.background().related(), comparison.live());
        JsonNode replicas = live == null ? null : live.get("replicas");
        if (range == null || replicas == null || !(live instanceof ObjectNode)) {
            walk.field(at, desired, live);
            return;
        }
        JsonNode wanted = desired == null ? null : desired.get("replicas");
        boolean asDefaulted = wanted == null && replicas.asLong() == REPLICAS_DEFAULT;
        if (!asDefaulted && !replicas.equals(wanted)) {
            judge.scaled(range, wanted, replicas);
        }
        walk.field(at, without(desired, "replicas"), without(live, "replicas"));
    }

    private static void metadata(JsonNode desired, JsonNode live, Walk walk) {
        Place root = Place.root(MetadataShape.SHAPE);
        Place at = root.field("metadata").enter(desired, live);
        for (String name : KnownMetadata.COMPARED) {
            walk.field(at.field(name), desired.get(name), live.get(name));
        }
    }

    private static Verdict verdict(List<Difference> all, Certainty certainty) {
        List<Difference> counted =
                all.stream().filter(d -> d.kind().counts()).sorted(BY_PATH).toList();
        List<Difference> notes =
                all.stream().filter(d -> !d.kind().counts()).sorted(BY_PATH).toList();
        return counted.isEmpty()
                ? new Verdict.InSync(notes, certainty)
                : new Verdict.Drifted(counted, notes, certainty);
    }

    private static Certainty certainty(Gvk wanted, Gvk found, @Nullable Shape shape) {
        if (!wanted.version().equals(found.version())) {
            return Certainty.VERSION_SKEW;
        }
        return shape == null ? Certainty.STRUCTURAL : Certainty.SCHEMA;
    }

    private static boolean same(JsonNode desired, JsonNode live) {
        return desired.equals(live) || (desired.isEmpty() && live.isEmpty());
    }

    private static @Nullable JsonNode without(@Nullable JsonNode node, String field) {
        if (!(node instanceof ObjectNode object) || !object.has(field)) {
            return node;
        }
        ObjectNode rest = object.objectNode();
        object.properties().forEach(e -> rest.set(e.getKey(), e.getValue()));
        rest.remove(field);
        return rest;
    }
}
