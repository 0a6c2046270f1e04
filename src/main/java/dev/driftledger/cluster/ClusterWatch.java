package dev.driftledger.cluster;

import dev.driftledger.intake.IntakeSink;
import dev.driftledger.model.IntakeRecord;
import dev.driftledger.model.Redaction;
import dev.driftledger.model.ResourceType;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/// The watching of one cluster, from [#start()] to [#close()].
///
/// Every listable and watchable type has its own virtual thread. Records go to the sink in order
/// per type; what is under way is bounded in bytes, and a sink that stands still stops the
/// reading. Heartbeats name only versions up to which everything is durable.
public final class ClusterWatch implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ClusterWatch.class);
    private static final Duration CLOSE_MAX = Duration.ofSeconds(3);
    private static final Duration DEBOUNCE = Duration.ofSeconds(1);
    private static final int HINTED_ROUNDS = 3;
    private static final int SILENCE_HEARTBEATS = 3;

    private final ClusterConnection connection;
    private final Options options;
    private final Outbox outbox;
    private final WatchContext context;
    private final WatchedTypes types;
    private final SchemaWatch schemas;
    private final Discovery discovery;
    private final Semaphore hints = new Semaphore(0);
    private final List<Thread> threads = new ArrayList<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    /// How to watch.
    ///
    /// @param key redacts and keys fingerprints
    /// @param confidentialPaths what to redact beside Secrets, see [Redaction]
    /// @param instance names this process in `InstanceStarted`
    /// @param version this program's
    public record Options(
            WatchSettings settings,
            EdgeKey key,
            List<String> confidentialPaths,
            String instance,
            String version) {
        public Options {
            confidentialPaths = List.copyOf(confidentialPaths);
        }
    }

    /// Prepares the watching; nothing is read yet.
    ///
    /// @param connection stays the caller's to close, after this
    /// @param known where to go on
    /// @param sink takes the records
    public ClusterWatch(
            ClusterConnection connection, Known known, IntakeSink sink, Options options) {
        this(connection, known, sink, options, FrameTap.NONE);
    }

    ClusterWatch(
            ClusterConnection connection,
            Known known,
            IntakeSink sink,
            Options options,
            FrameTap tap) {
        WatchSettings settings = options.settings();
        this.connection = connection;
        this.options = options;
        this.outbox =
                new Outbox(sink, settings.unacknowledgedBytesMax(), ended::completeExceptionally);
        ApiServer api = new ApiServer(connection.client(), settings.times().request());
        Redaction redaction = options.key().redaction(options.confidentialPaths());
        this.context =
                new WatchContext(
                        api,
                        new FeedContext(connection.ref(), outbox, options.key(), redaction, tap),
                        settings,
                        InstantSource.system(),
                        new java.util.Random(),
                        new Semaphore(settings.listConcurrencyCount()),
                        new AtomicBoolean(settings.watchListAllowed()),
                        hints::release);
        this.types = new WatchedTypes(context, known);
        this.schemas = new SchemaWatch(api, context.feed(), context.clock(), known.schemaHashes());
        this.discovery =
                new Discovery(
                        api, new Exclusions(settings.excludedTypes(), settings.includedTypes()));
    }

    /// Begins; returns at once.
    public synchronized void start() {
        String name = "cluster " + connection.ref().name();
        begin(name + " types", this::discover);
        begin(name + " heartbeat", this::beat);
        begin(name + " sweep", this::sweep);
    }

    /// Fails when the intake refused a record for good: then this must be closed, and begun anew
    /// from what the log knows. Completes when closed.
    public CompletionStage<Void> ended() {
        return ended.minimalCompletionStage();
    }

    /// By type path, up to where it was seen; types not listed yet are missing.
    public SortedMap<String, String> resourceVersions() {
        return types.resourceVersions();
    }

    /// How many changes came in since the start.
    public long eventsCount() {
        return types.eventsCount();
    }

    /// Stops reading, waits a moment for what is under way, and says goodbye. Calls after the first
    /// do nothing.
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        List<Thread> running;
        synchronized (this) {
            running = List.copyOf(threads);
        }
        running.forEach(Thread::interrupt);
        types.stop();
        try {
            long deadline = System.nanoTime() + CLOSE_MAX.toNanos();
            for (Thread thread : running) {
                thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
            }
            types.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
            sayGoodbye();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        ended.complete(null);
    }

    private void sayGoodbye() throws InterruptedException {
        CompletableFuture<Void> last = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try {
                heartbeat();
                outbox.send(
                        new IntakeRecord.InstanceStopped(
                                connection.ref(),
                                context.clock().instant(),
                                options.instance(),
                                "closed"));
                outbox.settle();
            } catch (InterruptedException | CompletionException e) {
                LOG.debugf(e, "no goodbye: cluster=%s", connection.ref().name());
            }
            last.complete(null);
        });
        try {
            last.get(CLOSE_MAX.toMillis(), TimeUnit.MILLISECONDS);
        } catch (java.util.concurrent.ExecutionException
                | java.util.concurrent.TimeoutException e) {
            LOG.warnf(
                    "intake does not answer, stopping anyway: cluster=%s", connection.ref().name());
        }
    }

    private void begin(String name, Duty duty) {
        threads.add(
                Thread.ofVirtual()
                        .name(name)
                        .start(() -> {
                            try {
                                duty.run();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            } catch (CompletionException e) {
                                LOG.debugf(e, "intake refuses: %s", name);
                            } catch (RuntimeException e) {
                                LOG.errorf(e, "watching failed: %s", name);
                                ended.completeExceptionally(e);
                            }
                        }));
    }

    private void discover() throws InterruptedException {
        outbox.send(
                new IntakeRecord.InstanceStarted(
                        connection.ref(),
                        context.clock().instant(),
                        options.instance(),
                        options.version()));
        Backoff backoff = context.backoff();
        int hintedRounds = 0;
        while (true) {
            Duration wait = options.settings().times().rediscovery();
            try {
                types.apply(discovery.discover(), this::scope);
                schemas.refresh();
                backoff.succeeded();
            } catch (IOException | ApiServer.Refused e) {
                LOG.warnf(
                        "discovery failed: cluster=%s detail=%s",
                        connection.ref().name(), e.getMessage());
                wait = backoff.next();
            }
            if (hintedRounds > 0) {
                hintedRounds--;
                wait = DEBOUNCE.multipliedBy(HINTED_ROUNDS - hintedRounds);
            }
            if (hints.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                Thread.sleep(DEBOUNCE);
                hints.drainPermits();
                hintedRounds = HINTED_ROUNDS;
            }
        }
    }

    private void scope(List<ResourceType> watched, List<IntakeRecord.Excluded> excluded)
            throws InterruptedException {
        Duration silenceMax =
                options.settings().times().heartbeat().multipliedBy(SILENCE_HEARTBEATS);
        outbox.send(
                new IntakeRecord.Scope(
                        connection.ref(),
                        context.clock().instant(),
                        watched,
                        excluded,
                        silenceMax,
                        connection.kubernetesVersion()));
    }

    private void beat() throws InterruptedException {
        while (true) {
            Thread.sleep(options.settings().times().heartbeat());
            heartbeat();
        }
    }

    private void heartbeat() throws InterruptedException {
        SortedMap<String, String> versions = new TreeMap<>(types.resourceVersions());
        long eventsCount = types.eventsCount();
        outbox.settle();
        outbox.send(
                new IntakeRecord.Heartbeat(
                        connection.ref(), context.clock().instant(), versions, eventsCount));
    }

    private void sweep() throws InterruptedException {
        while (true) {
            Thread.sleep(options.settings().times().sweep());
            for (TypeWatch watch : types.watches()) {
                watch.sweep();
            }
        }
    }

    /// What a thread of its own does until it is interrupted.
    private interface Duty {
        void run() throws InterruptedException;
    }
}
