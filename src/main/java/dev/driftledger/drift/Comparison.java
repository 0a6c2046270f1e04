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
/// @param again the manifest of a second rendering of the same revision, redacted as `desired`;
///     null when rendering is certain to give the same, as for plain YAML. Where the two renderings
///     say different things git has no say
/// @param severities how bad a difference is
/// @param authors who wrote the live values, where the history tells
public record Comparison(
        ObjectNode desired,
        ObjectNode live,
        List<ObjectNode> formerDesired,
        @Nullable String applier,
        List<ObjectNode> related,
        Schemas schemas,
        ManagerTable managers,
        RuleSet rules,
        @Nullable ObjectNode again,
        Severities severities,
        Authors authors) {
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
        this(desired, live, formerDesired, applier, related, schemas, managers, RuleSet.none());
    }

    /// A comparison with a certain rendering and the built-in severities.
    public Comparison(
            ObjectNode desired,
            ObjectNode live,
            List<ObjectNode> formerDesired,
            @Nullable String applier,
            List<ObjectNode> related,
            Schemas schemas,
            ManagerTable managers,
            RuleSet rules) {
        this(
                desired,
                live,
                formerDesired,
                applier,
                related,
                schemas,
                managers,
                rules,
                null,
                Severities.builtIn(),
                Authors.UNKNOWN);
    }

    /// The same comparison with a second rendering of the same revision.
    public Comparison withAgain(@Nullable ObjectNode rendering) {
        return new Comparison(
                desired,
                live,
                formerDesired,
                applier,
                related,
                schemas,
                managers,
                rules,
                rendering,
                severities,
                authors);
    }

    /// The same comparison with other severities.
    public Comparison withSeverities(Severities other) {
        return new Comparison(
                desired,
                live,
                formerDesired,
                applier,
                related,
                schemas,
                managers,
                rules,
                again,
                other,
                authors);
    }

    /// The same comparison with what the history tells of who wrote the live values.
    public Comparison withAuthors(Authors known) {
        return new Comparison(
                desired,
                live,
                formerDesired,
                applier,
                related,
                schemas,
                managers,
                rules,
                again,
                severities,
                known);
    }

    /// The same with other sides, former ones included, and rendered once.
    Comparison withSides(
            ObjectNode otherDesired, ObjectNode otherLive, List<ObjectNode> otherFormer) {
        return new Comparison(
                otherDesired,
                otherLive,
                otherFormer,
                applier,
                related,
                schemas,
                managers,
                rules,
                null,
                severities,
                authors);
    }
}
