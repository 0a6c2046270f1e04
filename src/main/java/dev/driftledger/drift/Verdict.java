package dev.driftledger.drift;

import dev.driftledger.model.Labelled;
import java.util.List;

/// The answer to "does this object run what was applied?" for one resource.
///
/// Exactly one of the cases holds. Only [InSync] means that both sides were seen, were comparable
/// and agree; nothing that was not observed or not understood ever turns into it.
public sealed interface Verdict {
    /// Both sides agree in every field that git names or implies, and nothing that counts was
    /// added. `notes` are differences that are none (side effects, ignored, equivalent, expected
    /// dynamic), kept visible with the rule that explains each.
    record InSync(List<Difference> notes, Certainty certainty) implements Verdict {
        public InSync {
            notes = List.copyOf(notes);
        }
    }

    /// At least one difference counts. `differences` holds those that count, sorted by path and
    /// never empty; `notes` those that do not.
    record Drifted(List<Difference> differences, List<Difference> notes, Certainty certainty)
            implements Verdict {
        public Drifted {
            differences = List.copyOf(differences);
            notes = List.copyOf(notes);
            if (differences.isEmpty()) {
                throw new IllegalArgumentException("drifted needs at least one difference");
            }
        }
    }

    /// Differences count, and ignore rules hide every one of them. `notes` holds the hidden ones,
    /// of kind [Difference.Kind#IGNORED] with the rule that hides each, and those that do not
    /// count anyway.
    record Ignored(List<Difference> notes, Certainty certainty) implements Verdict {
        public Ignored {
            notes = List.copyOf(notes);
        }
    }

    /// Applied, but the cluster does not have it.
    record Missing() implements Verdict {}

    /// The cluster has it in an application's reach, but no application ever named it.
    ///
    /// @param creator who made it, as its field managers tell
    record Unmanaged(Owner creator) implements Verdict {}

    /// Once applied, named by git no more, and still there.
    record Extra(Owner owner) implements Verdict {}

    /// No judgement is possible.
    ///
    /// @param reason one sentence for people, without secret values
    record Unknown(String reason) implements Verdict {}

    /// As it is written in answers: `in-sync`.
    default String label() {
        return switch (this) {
            case InSync _ -> "in-sync";
            case Drifted _ -> "drifted";
            case Ignored _ -> "ignored";
            case Missing _ -> "missing";
            case Unmanaged _ -> "unmanaged";
            case Extra _ -> "extra";
            case Unknown _ -> "unknown";
        };
    }

    /// How far a verdict can be trusted.
    enum Certainty implements Labelled {
        /// Compared by the cluster's own schema.
        SCHEMA,
        /// No schema was known for the kind: compared by structure alone.
        STRUCTURAL,
        /// The two sides are of different API versions; only what both can say was compared.
        VERSION_SKEW
    }
}
