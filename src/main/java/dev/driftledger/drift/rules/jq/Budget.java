package dev.driftledger.drift.rules.jq;

import dev.driftledger.drift.rules.RuleException;

/// What one run may use up. Steps bound its time, cells its memory; both are counted, not timed,
/// so that a run has the same outcome on every machine at every time.
final class Budget {
    private static final long STEPS_MAX = 1_000_000;
    private static final long CELLS_MAX = 500_000;
    private static final int CHARACTERS_PER_CELL = 8;

    /// How deep expressions may call each other; the thread's stack holds a multiple of that.
    private static final int DEPTH_MAX = 200;

    private long steps;
    private long cells;
    private int depth;

    void step() throws RuleException {
        steps(1);
    }

    void steps(long count) throws RuleException {
        steps += count;
        if (steps > STEPS_MAX) {
            throw new RuleException("jq expression takes more than " + STEPS_MAX + " steps");
        }
    }

    /// To be called before something of so many items or fields is built.
    void build(long count) throws RuleException {
        cells += count + 1;
        if (cells > CELLS_MAX) {
            throw new RuleException("jq expression builds more than " + CELLS_MAX + " values");
        }
        steps(count);
    }

    /// To be called before a text of so many characters is built.
    void text(long length) throws RuleException {
        build(length / CHARACTERS_PER_CELL);
    }

    void enter() throws RuleException {
        if (++depth > DEPTH_MAX) {
            throw new RuleException("jq expression nests deeper than " + DEPTH_MAX + " levels");
        }
    }

    void leave() {
        depth--;
    }

    int depth() {
        return depth;
    }

    /// After a jump that left expressions without their saying so.
    void back(int toDepth) {
        depth = toDepth;
    }
}
