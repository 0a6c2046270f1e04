package dev.driftledger.recorder;

import dev.driftledger.drift.Difference;
import dev.driftledger.drift.Hiding;
import dev.driftledger.drift.Judgement;
import dev.driftledger.drift.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a judgement of a resource comes to: what is wrong with it, and what only rules keep from
/// being wrong.
///
/// @param judgement with what the ignore rules did; null when they were not asked
record Outcome(List<Claim> claims, @Nullable Judgement judgement) {
    /// Nothing is wrong, whatever any rule says.
    static final Outcome FINE = new Outcome(List.of(), null);

    Outcome {
        claims = List.copyOf(claims);
    }

    /// One thing is wrong with the whole of it.
    static Outcome of(Claim claim) {
        return new Outcome(List.of(claim), null);
    }

    /// Why a finding is over that is claimed no more: a rule that hides it, else what led to the
    /// judgement.
    Cause end(Row.Finding finding, Cause because) {
        if (judgement == null) {
            return because;
        }
        for (Hiding hiding : judgement.hidings()) {
            if (hides(judgement.verdict(), hiding, finding)) {
                return new Cause.Ruled(hiding, because);
            }
        }
        return because;
    }

    private static boolean hides(Verdict verdict, Hiding hiding, Row.Finding finding) {
        String path = finding.path();
        if (path == null || hiding.whole() != null) {
            return path == null
                    && hiding.whole() != null
                    && hiding.whole().label().equals(finding.kind());
        }
        return notes(verdict).stream()
                .anyMatch(note ->
                        note.isIgnoredBy(hiding.rule()) && SafeJson.text(note.path()).equals(path));
    }

    private static List<Difference> notes(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Drifted drifted -> drifted.notes();
            case Verdict.Ignored ignored -> ignored.notes();
            case Verdict.InSync _,
                    Verdict.Unknown _,
                    Verdict.Missing _,
                    Verdict.Unmanaged _,
                    Verdict.Extra _ ->
                    List.of();
        };
    }
}
