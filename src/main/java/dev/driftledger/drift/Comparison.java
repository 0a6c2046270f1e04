package dev.driftledger.drift;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.drift.rules.RuleSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Everything one judgement is based on.
///
/// @param desired what was applied, rendered and redacted
/// @param live what the API server returned, redacted
/// @param formerDesired what the same application wanted before, newest first, for telling what
///     git once named; may be empty
/// @param applier the field manager with which the application is applied; null when unknown
/// @param related live objects that bear on the judgement: autoscalers that target the object
/// @param schemas by which kinds are compared
/// @param managers classes of field managers
/// @param rules what is not to count
public record Comparison(
        ObjectNode desired,
        ObjectNode live,
        List<ObjectNode> formerDesired,
        @Nullable String applier,
        List<ObjectNode> related,
        Schemas schemas,
        ManagerTable managers,
        RuleSet rules) {
    public Comparison {
        formerDesired = List.copyOf(formerDesired);
        related = List.copyOf(related);
    }

    /// The same without any ignore rules.
    public Comparison(
            ObjectNode desired,
            ObjectNode live,
            List<ObjectNode> formerDesired,
            @Nullable String applier,
            List<ObjectNode> related,
            Schemas schemas,
            ManagerTable managers) {
        this(
                desired,
                live,
                formerDesired,
                applier,
                related,
                schemas,
                managers,
                RuleSet.none());
    }

    /// The same with other sides, former ones included.
    Comparison withSides(
            ObjectNode otherDesired, ObjectNode otherLive, List<ObjectNode> otherFormer) {
        return new Comparison(
                otherDesired, otherLive, otherFormer, applier, related, schemas, managers, rules);
    }
}
