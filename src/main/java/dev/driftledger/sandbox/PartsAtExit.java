package dev.driftledger.sandbox;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// Stops the embedded parts when the JVM ends, after the service that uses them.
///
/// The JVM runs its shutdown hooks at the same time and starts them in any order. This one waits
/// for Quarkus' hook (the thread named `Shutdown thread`) to appear and to end, so the service
/// never loses its database and broker while it is still closing; then it stops all parts at once,
/// for they do not need each other.
public final class PartsAtExit {
    private static final Logger LOG = System.getLogger(PartsAtExit.class.getName());
    private static final String QUARKUS_HOOK = "Shutdown thread";
    private static final long WAIT_MAX_MS = 20_000;

    /// Hooks are started within moments of each other; where the service never ran there is none.
    private static final long APPEAR_MAX_MS = 2_000;

    private static final long LOOK_EVERY_MS = 10;

    private final List<AutoCloseable> parts = new CopyOnWriteArrayList<>();

    private final Runnable first;

    private PartsAtExit(Runnable first) {
        this.first = first;
    }

    /// Registers the one shutdown hook; nothing happens until the JVM ends.
    ///
    /// @param first runs before anything is stopped
    public static PartsAtExit install(Runnable first) {
        PartsAtExit parts = new PartsAtExit(first);
        Runtime.getRuntime().addShutdownHook(new Thread(parts::stopAll, "stop embedded parts"));
        return parts;
    }

    /// Adds a part that is to be stopped, and returns it.
    public <T extends AutoCloseable> T add(T part) {
        parts.add(part);
        return part;
    }

    private void stopAll() {
        try {
            first.run();
            joinQuarkus();
            List<Thread> stopping =
                    parts.stream().map(part -> Thread.ofVirtual().start(() -> stop(part))).toList();
            for (Thread thread : stopping) {
                thread.join(WAIT_MAX_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void joinQuarkus() throws InterruptedException {
        Optional<Thread> hook = quarkusHook();
        for (long waited = 0; hook.isEmpty() && waited < APPEAR_MAX_MS; waited += LOOK_EVERY_MS) {
            Thread.sleep(LOOK_EVERY_MS);
            hook = quarkusHook();
        }
        if (hook.isPresent()) {
            hook.get().join(WAIT_MAX_MS);
        }
    }

    private static Optional<Thread> quarkusHook() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(QUARKUS_HOOK))
                .findFirst();
    }

    private static void stop(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            String name = part.getClass().getSimpleName();
            LOG.log(Level.WARNING, name + " did not stop cleanly; the next start recovers it", e);
        }
    }
}
