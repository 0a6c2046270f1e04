package dev.driftledger.drift.rules.jq;

import dev.driftledger.drift.rules.RuleException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The names that hold at one point of an expression, innermost first.
///
/// @param outer null for the outermost, which has no names
/// @param name with the count of arguments for functions, as `f/1`
/// @param meaning a value, a [Function], a [Closure], or what a label is known by
record Environment(@Nullable Environment outer, String name, Object meaning) {
    private static final int HOPS_PER_STEP = 16;

    static final Environment EMPTY = new Environment(null, "", "");

    /// A function that was defined; its environment is the one that holds it.
    record Function(List<String> parameters, Expression body) {}

    /// An argument with the names that hold where it was written.
    record Closure(Expression body, Environment environment) {}

    Environment with(String newName, Object newMeaning) {
        return new Environment(this, newName, newMeaning);
    }

    /// Where a name was defined; null when it was not.
    @Nullable Environment find(String wanted, Budget budget) throws RuleException {
        Environment at = this;
        int hops = 0;
        while (at != null && !at.name.equals(wanted)) {
            at = at.outer;
            hops++;
        }
        budget.steps(hops / HOPS_PER_STEP);
        return at;
    }
}
