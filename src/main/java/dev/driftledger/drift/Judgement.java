package dev.driftledger.drift;

import dev.driftledger.drift.rules.RuleProblem;
import java.util.List;

/// A verdict with what the ignore rules did to it.
///
/// @param hidings what each rule hid, in the order of the rules; empty when they hid nothing
/// @param problems rules that failed on this very object and so hid nothing of it
public record Judgement(Verdict verdict, List<Hiding> hidings, List<RuleProblem> problems) {
    public Judgement {
        hidings = List.copyOf(hidings);
        problems = List.copyOf(problems);
    }
}
