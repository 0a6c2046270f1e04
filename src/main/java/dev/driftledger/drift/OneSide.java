package dev.driftledger.drift;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.drift.rules.Effect;
import dev.driftledger.drift.rules.Rule;
import dev.driftledger.drift.rules.RuleSet;
import dev.driftledger.drift.rules.Whole;
import dev.driftledger.model.ObjectBytes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lets ignore rules say whether a resource that is on one side only counts.
public final class OneSide {
    private OneSide() {}

    /// The verdict with the first rule applied to it that hides all of the resource. A verdict that
    /// is not about one side stays as it is.
    ///
    /// @param plain missing, extra or unmanaged
    /// @param object the side that is there
    public static Judgement judge(RuleSet rules, Verdict plain, ObjectNode object) {
        return switch (plain) {
            case Verdict.Missing _ -> judge(rules, plain, new Side(Whole.MISSING, object, null));
            case Verdict.Extra(Owner owner) ->
                    judge(rules, plain, new Side(Whole.EXTRA, object, owner));
            case Verdict.Unmanaged(Owner creator) ->
                    judge(rules, plain, new Side(Whole.UNMANAGED, object, creator));
            case Verdict.InSync _, Verdict.Drifted _, Verdict.Ignored _, Verdict.Unknown _ ->
                    new Judgement(plain, List.of(), List.of());
        };
    }

    /// The side that is there.
    ///
    /// @param owner who made it; null of what is missing: nobody owns it any more
    private record Side(Whole whole, ObjectNode object, @Nullable Owner owner) {}

    private static Judgement judge(RuleSet rules, Verdict plain, Side side) {
        for (Rule rule : rules.about(side.object(), side.object())) {
            if (rule.effect() instanceof Effect.HideObject effect
                    && Ignoring.hides(effect, side.whole().label(), side.owner())) {
                Verdict ignored = new Verdict.Ignored(List.of(), Verdict.Certainty.SCHEMA);
                return new Judgement(ignored, List.of(hiding(rule, side)), List.of());
            }
        }
        return new Judgement(plain, List.of(), List.of());
    }

    private static Hiding hiding(Rule rule, Side side) {
        String name = side.whole() == Whole.MISSING ? "desired" : "live";
        ObjectNode compared = compared(side.object());
        ObjectNode row = JsonNodeFactory.instance.objectNode().put("path", "");
        row.set(name, compared);
        return new Hiding(
                rule.id(),
                rule.origin(),
                rule.reason(),
                Ignoring.leaves(compared),
                ObjectBytes.digest(JsonNodeFactory.instance.arrayNode().add(row)),
                true,
                side.whole());
    }

    /// What a comparison of the object would read: the rest changes all the time and is nobody's to
    /// want.
    private static ObjectNode compared(ObjectNode object) {
        ObjectNode rest = object.objectNode();
        object.properties().forEach(each -> rest.set(each.getKey(), each.getValue()));
        rest.remove(List.of("apiVersion", "kind", "metadata", "status"));
        ObjectNode metadata = object.objectNode();
        for (String name : KnownMetadata.COMPARED) {
            JsonNode value = object.path("metadata").get(name);
            if (value != null) {
                metadata.set(name, value);
            }
        }
        if (!metadata.isEmpty()) {
            rest.set("metadata", metadata);
        }
        return rest;
    }
}
