package dev.driftledger.cluster;

import dev.driftledger.cluster.ObjectIndex.Seen;
import dev.driftledger.cluster.TypeWatch.Lapse;
import dev.driftledger.model.IntakeRecord.Excluded;
import dev.driftledger.model.ResourceType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The types of a cluster that are being watched, each on its own thread, as discovery says.
final class WatchedTypes {
    private final WatchContext context;
    private final Known known;
    private final SortedMap<ResourceType, Running> running = new TreeMap<>();
    private final AtomicLong endedEventsCount = new AtomicLong();
    private final Set<ResourceType> begunBefore = new HashSet<>();
    private List<Excluded> excluded = List.of();
    private boolean stopped;
    private boolean applied;

    /// One type at work.
    private record Running(TypeWatch watch, Thread thread) {}

    /// Is told what is watched from now on.
    interface ScopeChange {
        void scope(List<ResourceType> watched, List<Excluded> excluded) throws InterruptedException;
    }

    WatchedTypes(WatchContext context, Known known) {
        this.context = context;
        this.known = known;
    }

    /// Makes the running watches those that discovery found.
    void apply(Discovery.Found found, ScopeChange change) throws InterruptedException {
        Set<ResourceType> wanted = new HashSet<>(found.watched());
        for (ResourceType type : current()) {
            if (found.staleGroups().contains(type.group())) {
                wanted.add(type);
            }
        }
        List<ResourceType> sorted = new ArrayList<>(wanted);
        sorted.sort(null);
        if (!applied || !sorted.equals(current()) || !excluded.equals(found.excluded())) {
            change.scope(sorted, found.excluded());
        }
        if (!applied) {
            forgetUnserved(sorted, found);
        }
        excluded = found.excluded();
        applied = true;
        for (ResourceType type : current()) {
            if (!wanted.contains(type)) {
                end(type, sorted, found);
            }
        }
        for (ResourceType type : sorted) {
            begin(type);
        }
    }

    /// By type path, up to where it was seen.
    synchronized SortedMap<String, String> resourceVersions() {
        SortedMap<String, String> versions = new TreeMap<>();
        running.forEach((type, one) -> {
            String version = one.watch.feed().resourceVersion();
            if (!version.isEmpty()) {
                versions.put(type.path(), version);
            }
        });
        return versions;
    }

    /// How many changes came in, of ended types too.
    synchronized long eventsCount() {
        long count = endedEventsCount.get();
        for (Running one : running.values()) {
            count += one.watch.feed().eventsCount();
        }
        return count;
    }

    /// The watches at work.
    synchronized List<TypeWatch> watches() {
        return running.values().stream().map(Running::watch).toList();
    }

    /// Tells all watches to end; none begins any more.
    synchronized void stop() {
        stopped = true;
        running.values().forEach(one -> one.thread.interrupt());
    }

    /// Waits for the ends.
    void join(Duration most) throws InterruptedException {
        long deadline = System.nanoTime() + most.toNanos();
        List<Thread> threads;
        synchronized (this) {
            threads = running.values().stream().map(Running::thread).toList();
        }
        for (Thread thread : threads) {
            thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
        }
    }

    private synchronized List<ResourceType> current() {
        return List.copyOf(running.keySet());
    }

    private synchronized void begin(ResourceType type) {
        if (stopped || running.containsKey(type)) {
            return;
        }
        ObjectIndex index = new ObjectIndex();
        TypeFeed feed = new TypeFeed(context.feed(), type, index);
        Lapse lapse = null;
        if (begunBefore.add(type)) {
            remember(type, index);
            String version = known.resourceVersions().getOrDefault(type.path(), "");
            Instant alive = known.lastAliveAt();
            feed.resumeAt(version, alive);
            if (version.isEmpty() && index.count() > 0 && alive != null) {
                lapse = new Lapse(alive, "unclean-start", "no version is known to go on at");
            }
        }
        TypeWatch watch = new TypeWatch(context, feed, lapse);
        Thread thread = Thread.ofVirtual().name("watch " + type.path()).start(watch);
        running.put(type, new Running(watch, thread));
    }

    private void remember(ResourceType type, ObjectIndex index) {
        for (Known.KnownObject object : known.objects(type)) {
            index.put(
                    ObjectIndex.key(object.namespace(), object.name()),
                    object.uid(),
                    object.resourceVersion(),
                    Fingerprint16.ofHex(object.fingerprint()));
        }
    }

    private void end(ResourceType type, List<ResourceType> wanted, Discovery.Found found)
            throws InterruptedException {
        Running one;
        synchronized (this) {
            one = running.remove(type);
        }
        if (one == null) {
            return;
        }
        one.thread.interrupt();
        one.thread.join();
        TypeFeed feed = one.watch.feed();
        endedEventsCount.addAndGet(feed.eventsCount());
        if (isGone(type, wanted, found)) {
            buryAll(feed, feed.aliveAt());
        }
    }

    /// Objects of types that the server serves no longer are gone, as far as it can tell.
    private void forgetUnserved(List<ResourceType> wanted, Discovery.Found found)
            throws InterruptedException {
        List<ResourceType> types = new ArrayList<>(known.types());
        types.sort(null);
        for (ResourceType type : types) {
            if (!wanted.contains(type)
                    && isGone(type, wanted, found)
                    && !found.staleGroups().contains(type.group())) {
                ObjectIndex index = new ObjectIndex();
                remember(type, index);
                begunBefore.add(type);
                buryAll(new TypeFeed(context.feed(), type, index), known.lastAliveAt());
            }
        }
    }

    private void buryAll(TypeFeed feed, @Nullable Instant lastSeen) throws InterruptedException {
        Instant now = context.clock().instant();
        List<Seen> all = new ArrayList<>(feed.index().all());
        all.sort(java.util.Comparator.comparing(Seen::key));
        for (Seen gone : all) {
            feed.tombstone(gone, now, lastSeen == null ? now : lastSeen);
        }
    }

    /// Whether a type is no longer served in any version, and not only left out.
    private static boolean isGone(
            ResourceType type, List<ResourceType> wanted, Discovery.Found found) {
        boolean served =
                wanted.stream()
                        .anyMatch(other ->
                                other.group().equals(type.group())
                                        && other.kind().equals(type.kind()));
        boolean leftOut =
                found.excluded().stream()
                        .anyMatch(other ->
                                other.group().equals(type.group())
                                        && other.plural().equals(type.plural()));
        return !served && !leftOut;
    }
}
