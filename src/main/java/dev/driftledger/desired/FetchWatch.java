package dev.driftledger.desired;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.EmptyProgressMonitor;
import org.jspecify.annotations.Nullable;

/// Ends a fetch that takes too long, brings too much, or is not wanted any more.
final class FetchWatch extends EmptyProgressMonitor {
    private static final long SIZE_EVERY_NANOS = 200_000_000;

    private final Path objects;
    private final long startNanos = System.nanoTime();
    private final long timeoutNanos;
    private final long bytesMax;
    private long sizedNanos = startNanos;
    private @Nullable String reason;

    FetchWatch(Path mirror, Duration timeout, long bytesMax) {
        this.objects = mirror.resolve("objects");
        this.timeoutNanos = timeout.toNanos();
        this.bytesMax = bytesMax;
    }

    /// Why the fetch was ended; null when it was not.
    @Nullable String reason() {
        return reason;
    }

    /// Looks at the size, also after the fetch, which may have been too quick to be looked at.
    boolean isTooBig() {
        if (size() > bytesMax) {
            reason = "its mirror has more bytes than driftledger.desired.mirror-bytes-max";
        }
        return reason != null;
    }

    @Override
    public boolean isCancelled() {
        long now = System.nanoTime();
        if (Thread.currentThread().isInterrupted()) {
            reason = "stopped";
        } else if (now - startNanos > timeoutNanos) {
            reason = "took longer than driftledger.desired.fetch-timeout";
        } else if (now - sizedNanos > SIZE_EVERY_NANOS) {
            sizedNanos = now;
            return isTooBig();
        }
        return reason != null;
    }

    private long size() {
        try (Stream<Path> files = Files.walk(objects)) {
            return files.filter(Files::isRegularFile).mapToLong(FetchWatch::size).sum();
        } catch (UncheckedIOException | IOException e) {
            return 0; // files come and go while a fetch runs; the next look counts again
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (NoSuchFileException e) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
