package dev.driftledger.drift;

/// A trace to which nobody listens.
record Silence() implements Trace {
    static final Silence KEPT = new Silence();
}
