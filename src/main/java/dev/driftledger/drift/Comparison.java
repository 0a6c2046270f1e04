package dev.driftledger.drift;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.drift.rules.RuleSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Everything one judgement is based on.
///
/// @param desired what was applied, rendered and redacted
/// @param live what the API server returned, redacted
/// @param background what else is known of the object
/// @param criteria by which both sides are judged
public record Comparison(
        ObjectNode desired, ObjectNode live, Background background, Criteria criteria) {

    /// What is known of an object besides its two sides.
    ///
    /// @param former what the same application wanted before, newest first, for telling what git
    ///     once named; may be empty
    /// @param applier the field manager with which the application is applied; null when unknown
    /// @param related live objects that bear on the judgement: autoscalers that target the object
    /// @param authors who wrote the live values, where the history tells
    /// @param again the manifest of a second rendering of the same revision, redacted as `desired`;
    ///     null when rendering is certain to give the same, as for plain YAML. Where the two
    ///     renderings say different things git has no say
    public record Background(
            List<ObjectNode> former,
            @Nullable String applier,
            List<ObjectNode> related,
            Authors authors,
            @Nullable ObjectNode again) {
        public Background {
            former = List.copyOf(former);
            related = List.copyOf(related);
        }

        /// With a certain rendering, and authors that only the final state tells.
        public Background(
                List<ObjectNode> former, @Nullable String applier, List<ObjectNode> related) {
            this(former, applier, related, Authors.UNKNOWN, null);
        }

        /// Of an object with no past and nothing around it.
        public static Background appliedBy(@Nullable String applier) {
            return new Background(List.of(), applier, List.of());
        }

        /// The same with what the history tells of who wrote the live values.
        public Background by(Authors known) {
            return new Background(former, applier, related, known, again);
        }

        /// The same with a second rendering of the same revision.
        public Background renderedAgain(@Nullable ObjectNode rendering) {
            return new Background(former, applier, related, authors, rendering);
        }
    }

    /// How objects are judged; the same for all of an application.
    ///
    /// @param schemas by which kinds are compared
    /// @param managers classes of field managers
    /// @param severities how bad a difference is
    /// @param rules what is not to count
    public record Criteria(
            Schemas schemas, ManagerTable managers, Severities severities, RuleSet rules) {
        /// The built-in classes and severities, and no ignore rules.
        public static Criteria builtIn(Schemas schemas) {
            return new Criteria(
                    schemas, ManagerTable.builtIn(), Severities.builtIn(), RuleSet.none());
        }
    }

    /// The same with other sides, with which no second rendering goes.
    Comparison withSides(ObjectNode otherDesired, ObjectNode otherLive) {
        return new Comparison(otherDesired, otherLive, background.renderedAgain(null), criteria);
    }
}
