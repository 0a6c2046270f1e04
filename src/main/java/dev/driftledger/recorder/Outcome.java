package dev.driftledger.recorder;

import dev.driftledger.drift.Difference;
import dev.driftledger.drift.Hiding;
import dev.driftledger.drift.Judgement;
import dev.driftledger.drift.Verdict;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    ///
    /// @param hidden as [#hidden()] says
    Cause end(Row.Finding finding, Map<String, Hiding> hidden, Cause because) {
        String path = finding.path();
        Hiding hiding = path == null ? whole(finding.kind()) : hidden.get(path);
        return hiding == null ? because : new Cause.Ruled(hiding, because);
    }

    /// Which rule hides what differs, by path.
    Map<String, Hiding> hidden() {
        Map<String, Hiding> hidden = new HashMap<>();
        if (judgement == null) {
            return hidden;
        }
        for (Hiding hiding : judgement.hidings()) {
            for (Difference note : notes(judgement.verdict())) {
                if (hiding.whole() == null && note.isIgnoredBy(hiding.rule())) {
                    hidden.putIfAbsent(SafeJson.text(note.path()), hiding);
                }
            }
        }
        return hidden;
    }

    /// The rule that hides that the resource is on one side only; null when none does.
    private @Nullable Hiding whole(String kind) {
        for (Hiding hiding : judgement == null ? List.<Hiding>of() : judgement.hidings()) {
            if (hiding.whole() != null && hiding.whole().label().equals(kind)) {
                return hiding;
            }
        }
        return null;
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
