package dev.driftledger.sandbox;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// Plays the script on the sandbox cluster: one step every few seconds, announced, round and round.
///
/// A step that fails (the API server is away, say) is recorded as such and the next one comes at
/// its time; nothing here stops the sandbox.
public final class Life implements AutoCloseable {
    /// One step: who, what, and the deed itself.
    ///
    /// @param delay time to let pass before the step
    record Act(Duration delay, String actor, String did, Runnable deed) {}

    private static final long BETWEEN_ROUNDS_MS = 8_000;

    private final LifeScript script;
    private final LifeLog log;
    private final InstantSource clock;
    private volatile boolean ended;

    Life(LifeScript script, LifeLog log, InstantSource clock) {
        this.script = script;
        this.log = log;
        this.clock = clock;
    }

    /// Plays until [#close()]: the opening, then the rounds. Returns after a close or an interrupt.
    ///
    /// @param open waits until the service has seen the shop as it opened, so that what comes next
    ///     is seen as a change
    public void play(Runnable open) {
        perform(script.opening(), 1.0);
        open.run();
        perform(script.round(), 1.0);
        while (!ended) {
            pause(BETWEEN_ROUNDS_MS);
            perform(script.round(), 2.5);
        }
    }

    /// One opening and one round at that pace: 0 waits for nothing, 1 as written, 2 twice as long.
    void playOnce(double pace) {
        perform(script.opening(), pace);
        perform(script.round(), pace);
    }

    @Override
    public void close() {
        ended = true;
    }

    private void perform(List<Act> acts, double pace) {
        for (Act act : acts) {
            pause((long) (act.delay().toMillis() * pace));
            if (ended || Thread.currentThread().isInterrupted()) {
                ended = true;
                return;
            }
            log.add(clock.instant(), act.actor(), attempt(act));
        }
    }

    private static String attempt(Act act) {
        try {
            act.deed().run();
            return act.did();
        } catch (SandboxException | IllegalArgumentException e) {
            return "could not do it: " + act.did() + " (" + e.getMessage() + ")";
        }
    }

    static void pause(long millis) {
        try {
            Thread.sleep(Math.max(0, millis));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
