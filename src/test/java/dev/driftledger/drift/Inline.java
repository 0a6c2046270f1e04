package dev.driftledger.drift;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.drift.rules.RuleSet;
import dev.driftledger.testkit.Manifests;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Comparisons of objects that a test writes down in place, and what comes of them.
final class Inline {
    private Inline() {}

    /// Both sides of an object that `ci` applies.
    static Comparison pair(String desired, String live) {
        return pair("ci", desired, live);
    }

    static Comparison pair(@Nullable String applier, String desired, String live) {
        return pair(Comparison.Background.appliedBy(applier), desired, live);
    }

    static Comparison pair(Comparison.Background background, String desired, String live) {
        return new Comparison(
                Manifests.one(desired),
                Manifests.one(live),
                background,
                Comparison.Criteria.builtIn(ComparatorCases.SCHEMAS));
    }

    /// The same comparison with ignore rules.
    static Comparison ignoring(String rules, Comparison pair) {
        Comparison.Criteria plain = pair.criteria();
        return new Comparison(
                pair.desired(),
                pair.live(),
                pair.background(),
                new Comparison.Criteria(
                        plain.schemas(),
                        plain.managers(),
                        plain.severities(),
                        RuleSet.parse(Manifests.all(rules), "test", Manifests::one)));
    }

    static Comparison.Background before(String applier, String... former) {
        List<ObjectNode> states = List.of(former).stream().map(Manifests::one).toList();
        return new Comparison.Background(states, applier, List.of());
    }

    /// Everything that was found, what does not count too: such as `changed spec.replicas`.
    static List<String> found(Comparison comparison) {
        Verdict verdict = Comparator.compare(comparison);
        List<String> found = new ArrayList<>();
        if (verdict instanceof Verdict.Drifted drifted) {
            drifted.differences().forEach(each -> found.add(line(each)));
        }
        Spelling.notes(verdict).forEach(each -> found.add(line(each)));
        return found;
    }

    /// The only difference that counts.
    static Difference only(Comparison comparison) {
        if (Comparator.compare(comparison) instanceof Verdict.Drifted(var counted, _, _)
                && counted.size() == 1) {
            return counted.getFirst();
        }
        throw new AssertionError("not one difference: " + found(comparison));
    }

    private static String line(Difference difference) {
        return difference.kind().label() + " " + difference.path();
    }
}
