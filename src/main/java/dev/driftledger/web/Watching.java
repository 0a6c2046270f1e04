package dev.driftledger.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/// Whether a cluster was being watched at a moment, so that what is said of it can be believed.
///
/// @param observed whether it was, without a gap in any type that should have been
/// @param since since when it is so, looking back one day at most; null when nothing is known
/// @param cause why it was not, such as `silence`; null while observed, or when nothing says why
/// @param detail more about the cause; null when there is no more
@JsonInclude(JsonInclude.Include.NON_NULL)
record Watching(
        boolean observed, @Nullable Stamp since, @Nullable String cause, @Nullable String detail) {
    /// Nothing says that the cluster was ever watched.
    static final Watching UNKNOWN = new Watching(false, null, null, null);

    /// At the end of the range that coverage tells of.
    static Watching atEndOf(CoverageView coverage) {
        Span last = coverage.together().getLast();
        return new Watching(
                last.state() == Span.State.WATCHED, last.from(), last.cause(), last.detail());
    }

    /// Why it was not observed, in words; empty when nothing says why.
    public String why() {
        return cause == null ? "" : detail == null ? cause : cause + ": " + detail;
    }
}
