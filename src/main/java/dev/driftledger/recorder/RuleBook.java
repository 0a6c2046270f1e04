package dev.driftledger.recorder;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.drift.rules.RuleProblem;
import dev.driftledger.drift.rules.RuleSet;
import dev.driftledger.model.ApplicationId;
import dev.driftledger.model.Digest;
import dev.driftledger.model.IgnoreRulesFile;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Compiled ignore rules, one page for each application, compiled when its ruling changes and never
/// for a verdict.
final class RuleBook {
    private final Map<ApplicationId, Page> pages = new HashMap<>();

    private record Page(Ruling ruling, InForce inForce) {}

    /// Rules that hold.
    ///
    /// @param rules with what hides nothing though its author may think that it does
    /// @param nextExpiry when the next of the rules ends; null when none ever does
    record InForce(RuleSet rules, @Nullable Instant nextExpiry) {
        static final InForce NONE = new InForce(RuleSet.none(), null);

        /// Whether a rule ended by then.
        boolean isOver(Instant now) {
            return nextExpiry != null && !now.isBefore(nextExpiry);
        }
    }

    /// What is in force for an application.
    ///
    /// @param content finds the file by its digest; null when it is not there, and then nothing is
    ///     hidden and that is a problem
    InForce of(
            ApplicationId application,
            @Nullable Ruling ruling,
            Function<Digest, @Nullable ObjectNode> content) {
        if (ruling == null) {
            pages.remove(application);
            return InForce.NONE;
        }
        Page known = pages.get(application);
        if (known != null && known.ruling.equals(ruling)) {
            return known.inForce;
        }
        ObjectNode file = content.apply(ruling.file());
        if (file == null) {
            String lost = "the stored content of the rules is missing, so none of them is used";
            RuleProblem problem = new RuleProblem("rules", lost);
            return new InForce(RuleSet.none().with(List.of(problem)), null);
        }
        InForce made = compile(IgnoreRulesFile.of(file), ruling.asOf());
        pages.put(application, new Page(ruling, made));
        return made;
    }

    /// Forgets an application that is no more.
    void forget(ApplicationId application) {
        pages.remove(application);
    }

    private static InForce compile(IgnoreRulesFile file, Instant asOf) {
        RuleSet rules = RuleSet.of(file).at(asOf);
        return new InForce(rules, rules.nextExpiry());
    }
}
