package dev.driftledger.recorder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.drift.rules.RuleException;
import dev.driftledger.drift.rules.RuleProblem;
import dev.driftledger.drift.rules.RuleSet;
import dev.driftledger.model.ApplicationId;
import dev.driftledger.model.Digest;
import dev.driftledger.model.IgnoreRulesFile;
import dev.driftledger.model.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
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
    /// @param problems what hides nothing though its author may think that it does
    /// @param nextExpiry when the next of the rules ends; null when none ever does
    record InForce(RuleSet rules, List<RuleProblem> problems, @Nullable Instant nextExpiry) {
        static final InForce NONE = new InForce(RuleSet.none(), List.of(), null);

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
            return new InForce(RuleSet.none(), List.of(new RuleProblem("rules", lost)), null);
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
        RuleSet rules = RuleSet.parse(file.documents(), file.file(), RuleBook::inner).at(asOf);
        List<RuleProblem> problems = new ArrayList<>();
        for (IgnoreRulesFile.Problem each : file.problems()) {
            String place = each.document() == 0 ? "" : "#" + each.document();
            problems.add(new RuleProblem(file.file() + place, each.message()));
        }
        problems.addAll(rules.problems());
        return new InForce(rules, problems, rules.nextExpiry());
    }

    /// Texts inside of documents were made JSON when the file was read.
    private static JsonNode inner(String text) throws RuleException {
        try {
            return Json.parse(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException _) {
            throw new RuleException("the text is not YAML that can be read");
        }
    }
}
