package dev.driftledger.service;

import dev.driftledger.model.ClusterRef;

/// What an instance does for a cluster whose partition it has: it watches, or feeds in a recording.
interface Duty {
    /// The cluster as it is now: which one it is may change behind an address. Asked for until it
    /// answers, and again before each start.
    ///
    /// @throws java.io.IOException when the cluster cannot be reached; try again
    ClusterRef identify() throws java.io.IOException, InterruptedException;

    /// Whether it has something to say every few seconds for as long as it runs.
    boolean isLasting();

    /// Begins, going on from what the log knows. Called again after [#stop()] when the cluster
    /// comes back to this instance.
    ///
    /// @param onFailure to be called when it cannot go on and must be begun anew
    void start(KnownState known, Runnable onFailure);

    /// Ends in good order, within seconds.
    void stop();
}
