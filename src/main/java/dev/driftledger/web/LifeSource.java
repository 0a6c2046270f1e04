package dev.driftledger.web;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where the sandbox page learns what the scripted life does. Where no sandbox runs there is none.
@FunctionalInterface
public interface LifeSource {
    /// The steps so far and to come, in order; empty when no sandbox runs.
    List<Step> steps();

    /// Whether a sandbox runs; asked for every page, so it must be quick.
    default boolean running() {
        return !steps().isEmpty();
    }

    /// One step of the scripted life.
    ///
    /// @param number from 1
    /// @param at when it was done; null when it is still to come
    /// @param actor who does it, such as `Dana (human)`
    /// @param words what happens, one sentence
    record Step(int number, @Nullable Instant at, String actor, String words) {
        /// After this time a step was recorded and judged, unless the machine is very busy.
        private static final Duration TO_BE_SEEN = Duration.ofSeconds(3);

        /// Links to the moment at which what it did can be seen; to now when it is to come.
        public Links seen() {
            return new Links(at == null ? null : new Stamp(at.plus(TO_BE_SEEN)));
        }

        /// Whether it was done by then.
        boolean by(Instant moment) {
            return at != null && !at.isAfter(moment);
        }

        /// When it was done, for people; empty when it is still to come.
        public String when() {
            return at == null ? "" : new Stamp(at).utc();
        }
    }
}
