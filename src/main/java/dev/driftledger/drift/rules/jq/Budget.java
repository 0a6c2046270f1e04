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

    private final long stepsMax;
    private final long cellsMax;
    private final int depthMax;
    private long steps;
    private long cells;
    private int depth;

    Budget() {
        this(STEPS_MAX, CELLS_MAX, DEPTH_MAX);
    }

    Budget(long stepsMax, long cellsMax, int depthMax) {
        this.stepsMax = stepsMax;
        this.cellsMax = cellsMax;
        this.depthMax = depthMax;
    }

    void step() throws RuleException {
        steps(1);
    }

    void steps(long count) throws RuleException {
        steps += count;
        if (steps > stepsMax) {
            throw new RuleException("jq expression takes more than " + stepsMax + " steps");
        }
    }

    /// To be called before something of so many items or fields is built.
    void build(long count) throws RuleException {
        cells += count + 1;
        if (cells > cellsMax) {
            throw new RuleException("jq expression builds more than " + cellsMax + " values");
        }
        steps(count);
    }

    /// To be called before a text of so many characters is built.
    void text(long length) throws RuleException {
        build(length / CHARACTERS_PER_CELL);
    }

    void enter() throws RuleException {
        if (++depth > depthMax) {
            throw new RuleException("jq expression nests deeper than " + depthMax + " levels");
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
