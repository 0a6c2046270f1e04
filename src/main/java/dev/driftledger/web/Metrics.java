package dev.driftledger.web;

import dev.driftledger.drift.Severity;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/// The numbers that Prometheus reads. Labels are bounded: clusters, severities, causes of gaps;
/// never names of resources. Safe to call from any thread.
@Singleton
public final class Metrics {
    /// More label values than this would cost Prometheus more than they tell; further ones count as
    /// `other`.
    private static final int CLUSTERS_MAX = 1000;

    private static final int CAUSES_MAX = 64;

    private final MeterRegistry registry;
    private final Map<String, ClusterNumbers> clusters = new ConcurrentHashMap<>();
    private final Map<String, Boolean> causes = new ConcurrentHashMap<>();
    private final Counter publishFailures;

    /// @param registry where all of them are kept
    public Metrics(MeterRegistry registry) {
        this.registry = registry;
        this.publishFailures =
                Counter.builder("driftledger.publish.failures")
                        .description("Drift events that Kafka did not take at the first attempt")
                        .register(registry);
        String version = Metrics.class.getPackage().getImplementationVersion();
        Gauge.builder("driftledger.build.info", () -> 1)
                .description("Always 1; the label tells the version")
                .tag("version", version == null ? "development" : version)
                .register(registry);
    }

    /// How many entries a cluster's log has.
    public void logEntries(String cluster, long size) {
        of(cluster).entries.set(size);
    }

    /// How many findings of a severity are open in a cluster.
    public void driftOpen(String cluster, Severity severity, long count) {
        of(cluster).open(severity).set(count);
    }

    /// A finding opened.
    public void driftOpened(String cluster, Severity severity) {
        registry.counter(
                        "driftledger.drifts",
                        Tags.of("cluster", of(cluster).label, "severity", severity.label()))
                .increment();
    }

    /// How long it took from the observation of the newest record to its entry.
    public void observationLag(String cluster, Duration lag) {
        of(cluster).lag.set(lag);
    }

    /// A gap in the observation was recorded.
    ///
    /// @param cause such as `expired`; beyond a number of different ones it counts as `other`
    public void observationGap(String cluster, String cause, Duration length) {
        boolean known = causes.containsKey(cause) || causes.size() < CAUSES_MAX;
        if (known) {
            causes.put(cause, true);
        }
        registry.counter(
                        "driftledger.observation.gap.seconds",
                        Tags.of("cluster", of(cluster).label, "cause", known ? cause : "other"))
                .increment(length.toMillis() / 1000.0);
    }

    /// A drift event could not be published and will be tried again.
    public void publishFailed() {
        publishFailures.increment();
    }

    private ClusterNumbers of(String cluster) {
        String label =
                clusters.containsKey(cluster) || clusters.size() < CLUSTERS_MAX ? cluster : "other";
        return clusters.computeIfAbsent(label, name -> new ClusterNumbers(name, registry));
    }

    /// What is measured of one cluster.
    private static final class ClusterNumbers {
        private final String label;
        private final MeterRegistry registry;
        private final AtomicLong entries = new AtomicLong();
        private final AtomicReference<Duration> lag = new AtomicReference<>(Duration.ZERO);
        private final Map<Severity, AtomicLong> open = new EnumMap<>(Severity.class);

        ClusterNumbers(String label, MeterRegistry registry) {
            this.label = label;
            this.registry = registry;
            Gauge.builder("driftledger.log.entries", entries, AtomicLong::get)
                    .description("Entries of the log")
                    .tag("cluster", label)
                    .register(registry);
            Gauge.builder("driftledger.observation.lag.seconds", lag, Metrics::seconds)
                    .description("From the newest observation to its entry")
                    .tag("cluster", label)
                    .register(registry);
        }

        synchronized AtomicLong open(Severity severity) {
            return open.computeIfAbsent(severity, this::register);
        }

        private AtomicLong register(Severity severity) {
            AtomicLong count = new AtomicLong();
            Gauge.builder("driftledger.drift.open", count, AtomicLong::get)
                    .description("Findings that are open")
                    .tags(Tags.of("cluster", label, "severity", severity.label()))
                    .register(registry);
            return count;
        }
    }

    private static double seconds(AtomicReference<Duration> duration) {
        return duration.get().toMillis() / 1000.0;
    }
}
