package dev.driftledger.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// When each kind of resource of a cluster was really being watched.
///
/// @param from begin of the range asked about
/// @param to end of the range, cut to what is known when it was asked about early
/// @param beganAt when the log's first entry was recorded, before which nothing can be known; null
///     while the log is empty
/// @param types what is or was watched, sorted by path
/// @param excluded what is not watched and why, by the last scope
/// @param heartbeats in the range
public record Coverage(
        Instant from,
        Instant to,
        @Nullable Instant beganAt,
        List<OfType> types,
        List<Excluded> excluded,
        Heartbeats heartbeats) {
    public Coverage {
        types = List.copyOf(types);
        excluded = List.copyOf(excluded);
    }

    /// One kind of resource. What was observed, caught up and missed is the whole range together.
    ///
    /// @param path that lists it, such as `/apis/apps/v1/deployments`
    /// @param observed when it was watched
    /// @param caughtUp when it was not watched, though a watch that went on where the last one
    ///     ended brought every change of that time later: nothing is missing, but nobody saw it
    ///     as it happened
    /// @param gaps when changes may have been missed
    /// @param share of the range that was observed, 0 to 1
    /// @param caughtUpShare of the range that was caught up, 0 to 1
    public record OfType(
            String path,
            List<Span> observed,
            List<Gap> caughtUp,
            List<Gap> gaps,
            double share,
            double caughtUpShare) {
        public OfType {
            observed = List.copyOf(observed);
            caughtUp = List.copyOf(caughtUp);
            gaps = List.copyOf(gaps);
        }
    }

    /// A time, its end exclusive.
    public record Span(Instant from, Instant to) {
        Duration length() {
            return Duration.between(from, to);
        }
    }

    /// A time that was not watched as it passed.
    ///
    /// @param cause a short stable word, such as `not-yet-watched`, `shutdown`, `restart`,
    ///     `unavailable`, `silence`, `out-of-scope`, `before-log` or the cause that a gap entry
    ///     gives
    /// @param detail for people; null when there is none
    public record Gap(Span span, String cause, @Nullable String detail) {}

    /// What is left out on purpose.
    public record Excluded(String group, String plural, String reason) {}

    /// How often the log said that recording goes on though nothing happened.
    ///
    /// @param first null when there was none
    /// @param last null when there was none
    public record Heartbeats(long count, @Nullable Instant first, @Nullable Instant last) {}
}
