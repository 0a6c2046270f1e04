package dev.driftledger.drift;

import com.fasterxml.jackson.databind.JsonNode;
import dev.driftledger.model.Labelled;
import org.jspecify.annotations.Nullable;

/// One field in which the two sides differ.
///
/// @param path where, list items by their keys:
///     `spec.template.spec.containers[cart].env[DEBUG]`, `spec.ports[15020/TCP]`,
///     `metadata.annotations[example.com/a]`, `args[2]`; the topmost node that is wholly on one
///     side only
/// @param kind what sort of difference
/// @param desired the applied side's value; null when it has none
/// @param live the cluster's value; null when it has none
/// @param owner who the final state says wrote the live value
/// @param severity from what the field can do
/// @param rule the rule that decided, a short stable name such as `list-map`, `default:replicas`,
///     `ignore:<rule>`
public record Difference(
        String path,
        Kind kind,
        @Nullable JsonNode desired,
        @Nullable JsonNode live,
        Owner owner,
        Severity severity,
        String rule) {

    private static final String IGNORE = "ignore:";

    /// Why it is what it is, in one sentence for people.
    ///
    /// @param applier field manager of whoever applies; null when it is not known
    public String why(@Nullable String applier) {
        return Spelling.why(this, applier != null);
    }

    /// What sort of difference it is; [#counts()] tells whether it makes a drift.
    public enum Kind implements Labelled {
        /// Git names (or implies by default) a value and the cluster has another.
        CHANGED(true),
        /// Git names a field or list item and the cluster has none.
        REMOVED(true),
        /// Git once named it or its applier still owns it, git names it no more, it is still there.
        EXTRA_OWNED(true),
        /// Live only, added by the owner named; drift when a human or unknown did it. Or git names
        /// it and admission made something else of it.
        OVERLAY(true),
        /// Live only or changed, by a controller or by admission within what it is there for.
        CONTROLLED(false),
        /// Inside the range in which a controller may move it, such as autoscaled replicas.
        EXPECTED_DYNAMIC(false),
        /// Made up by the platform: cluster IP, node port, volume name.
        SIDE_EFFECT(false),
        /// Written differently, means the same.
        EQUIVALENT(false),
        /// Hidden by an ignore rule.
        IGNORED(false),
        /// Rendering twice gives different values, so git has no say.
        NONDETERMINISTIC(false);

        private final boolean counts;

        Kind(boolean counts) {
            this.counts = counts;
        }

        /// Whether such a difference makes the resource drifted.
        public boolean counts() {
            return counts;
        }
    }

    /// The same as a note: a rule hides it. It keeps the severity that it would have.
    Difference ignoredBy(String ruleId) {
        return new Difference(path, Kind.IGNORED, desired, live, owner, severity, IGNORE + ruleId);
    }

    /// Whether it is a note that this rule hides it.
    public boolean isIgnoredBy(String ruleId) {
        return kind == Kind.IGNORED && (IGNORE + ruleId).equals(rule);
    }
}
