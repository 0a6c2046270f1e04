package dev.driftledger.drift;

import dev.driftledger.drift.rules.RuleProblem;
import dev.driftledger.drift.rules.RuleSet;
import dev.driftledger.model.Labelled;
import java.util.ArrayList;
import java.util.List;

/// One rule that fired on the way from two objects to a verdict.
///
/// @param path the field, spelled as in [Difference#path()]; empty for the object as a whole
/// @param stage which part of the engine spoke
/// @param rule short and stable, such as `quantity`, `default` or `list-map`
/// @param words one sentence for people; values in it are cut to a bounded length
public record Step(String path, Stage stage, String rule, String words) {

    /// What is wrong with the ignore rules by which an object is judged, a step for each.
    public static List<Step> problems(RuleSet rules) {
        List<Step> steps = new ArrayList<>();
        for (RuleProblem each : rules.problems()) {
            String rule = "ignore:" + Spelling.text(each.rule());
            steps.add(new Step("", Stage.INPUT, rule, Spelling.text(rules.words(each))));
        }
        return steps;
    }

    /// Which part of the engine spoke, in the order in which an object passes them.
    public enum Stage implements Labelled {
        /// What was read and what was known beforehand.
        INPUT,
        /// By which schema, and which items belong together.
        SCHEMA,
        /// Whether two values are the same.
        VALUE,
        /// What is filled in, means nothing, or is made up by the platform.
        DEFAULT,
        /// Who owns a field.
        OWNER,
        /// What sort of difference it is, and how bad.
        JUDGEMENT,
        /// The answer.
        VERDICT
    }
}
