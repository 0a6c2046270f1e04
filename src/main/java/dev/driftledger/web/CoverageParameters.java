package dev.driftledger.web;

import jakarta.ws.rs.QueryParam;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/// Which range of time is asked about.
public final class CoverageParameters {
    @QueryParam("cluster")
    @Parameter(description = "UID of a cluster's kube-system namespace")
    @Nullable String cluster;

    @QueryParam("from")
    @Parameter(description = "RFC 3339; without it, a day before the end, or when the log began")
    @Nullable String from;

    @QueryParam("to")
    @Parameter(description = "RFC 3339, exclusive; without it, the moment asked for")
    @Nullable String to;

    /// As they were typed, for the page's form.
    List<Frame.Parameter> typed() {
        return new FindingFilters(null, cluster, null, null, null, null, from, to).parameters();
    }

    /// A range whose end is not in the future.
    ///
    /// @param exact whether its begin was asked for; if not, it begins no earlier than the log
    record Range(Instant from, Instant to, boolean exact) {
        /// The last day before a moment.
        static Range dayBefore(Instant to) {
            return new Range(to.minus(Frame.STRIP), to, false);
        }

        /// Where it begins for a log; before the log began only if that was asked for, or if all
        /// of the range lies there.
        Instant from(@Nullable Instant beganAt) {
            if (exact || beganAt == null || beganAt.isBefore(from) || !beganAt.isBefore(to)) {
                return from;
            }
            return beganAt;
        }
    }

    /// The range, checked.
    ///
    /// @param moment asked for; null for now
    /// @throws Refusal with 400 when it is empty, too long or in the future
    Range range(@Nullable Instant moment, Instant now, int daysMax) {
        Instant end = Moment.past("to", to, now);
        if (end == null) {
            end = moment == null ? now : moment;
        }
        Instant begin = Moment.any("from", from);
        if (begin == null) {
            return Range.dayBefore(end);
        }
        if (!begin.isBefore(end)) {
            throw Refusal.malformed("from", "before to");
        }
        if (Duration.between(begin, end).compareTo(Duration.ofDays(daysMax)) > 0) {
            throw Refusal.malformed(
                    "from",
                    "at most "
                            + daysMax
                            + " days before to; ask in parts, or raise"
                            + " driftledger.web.coverage-days-max");
        }
        return new Range(begin, end, true);
    }
}
