package dev.driftledger.recorder;

import dev.driftledger.model.Digest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Changes of the one clock row.
final class Clocks {
    private Clocks() {}

    static Row.Clock of(Draft draft) {
        Row.Clock clock = draft.state().clock();
        return clock != null ? clock : new Row.Clock(draft.now(), null, null, 0, null, null);
    }

    static void put(Draft draft, Row.Clock clock) {
        draft.put(Part.CLOCK, Part.SINGLE, clock);
    }

    static Row.Clock scoped(Row.Clock clock, Digest scope, long silenceSeconds) {
        return new Row.Clock(
                clock.recordedAt(),
                clock.entryAt(),
                clock.heartbeatAt(),
                silenceSeconds,
                clock.instance(),
                scope);
    }

    static Row.Clock beaten(Row.Clock clock, Instant at) {
        return new Row.Clock(
                clock.recordedAt(),
                clock.entryAt(),
                at,
                clock.silenceSeconds(),
                clock.instance(),
                clock.scope());
    }

    static Row.Clock watchedBy(Row.Clock clock, @Nullable String instance) {
        return new Row.Clock(
                clock.recordedAt(),
                clock.entryAt(),
                clock.heartbeatAt(),
                clock.silenceSeconds(),
                instance,
                clock.scope());
    }

    /// Notes that a record was taken in now.
    static void tick(Draft draft) {
        Row.Clock clock = of(draft);
        put(
                draft,
                new Row.Clock(
                        draft.now(),
                        draft.wrote() ? draft.now() : clock.entryAt(),
                        clock.heartbeatAt(),
                        clock.silenceSeconds(),
                        clock.instance(),
                        clock.scope()));
    }
}
