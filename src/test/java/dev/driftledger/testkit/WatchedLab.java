package dev.driftledger.testkit;

import dev.driftledger.ledger.Entry;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/// A lab with one instance that watches, and an application whose desired state is that of
/// [ClusterLoad]: what most fault tests begin with.
public final class WatchedLab implements AutoCloseable {
    private final ServiceLab lab;
    private final ServiceProcess service;

    private WatchedLab(ServiceLab lab) {
        this.lab = lab;
        lab.repository().commit("load/all.yaml", ClusterLoad.desired());
        this.service = lab.begin("one");
        lab.awaitWatching(service);
    }

    /// Starts all of it; skips the test loudly where no API server can be had.
    public static WatchedLab start(Path folder) {
        ServiceLab lab = ServiceLab.start(folder);
        try {
            return new WatchedLab(lab);
        } catch (RuntimeException | Error e) {
            lab.close();
            throw e;
        }
    }

    /// The parts.
    public ServiceLab lab() {
        return lab;
    }

    /// The instance.
    public ServiceProcess service() {
        return service;
    }

    /// The log of the cluster as the instance serves it.
    public ServedLog log() {
        return lab.log(service);
    }

    /// What the instance says about a part; empty when it says nothing.
    public String said(String part) {
        return service.parts().getOrDefault(part, "");
    }

    /// Waits for an entry of the cluster's log.
    ///
    /// @return all entries
    public List<Entry> awaitEntry(String what, Predicate<Entry> wanted) {
        return ServiceLab.await(what)
                .until(() -> log().entries(), all -> all.stream().anyMatch(wanted));
    }

    @Override
    public void close() {
        lab.close();
    }
}
