package dev.driftledger.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// One program that the sandbox runs beside itself, known by a pid file in its folder.
///
/// Its output goes to `<name>.log`. It gets a session of its own where `setsid` exists, so that
/// Ctrl-C in the terminal reaches the sandbox only, which then stops its children in order.
final class ChildProcess implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final String name;
    private final Path folder;
    private @Nullable Process process;

    /// `folder` takes `<name>.pid` and `<name>.log` and must occur in the command line: by that an
    /// orphan is told from a stranger that got the same pid.
    ChildProcess(String name, Path folder) {
        this.name = name;
        this.folder = folder.toAbsolutePath();
    }

    /// Stops an orphan of a killed earlier run, then starts the program.
    void start(List<String> command) {
        stopOrphan();
        List<String> words = new ArrayList<>();
        if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
            words.add("/usr/bin/setsid");
        }
        words.addAll(command);
        try {
            ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile());
            builder.redirectErrorStream(true).redirectOutput(log().toFile());
            process = builder.start();
            Folders.write(pidFile(), process.pid() + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + name + " (" + command.get(0) + ")", e);
        }
    }

    boolean isAlive() {
        return process != null && process.isAlive();
    }

    /// Asks the program to end and waits; kills it after ten seconds.
    void stop() {
        if (process != null) {
            end(process.toHandle());
            process = null;
        }
        forget();
    }

    /// SIGKILL, as a crash would do it. The data folder stays as it is.
    void kill() {
        if (process != null) {
            process.destroyForcibly();
            awaitExit(process.toHandle());
            process = null;
        }
    }

    @Override
    public void close() {
        stop();
    }

    /// The last lines of the log, for an error message.
    String tail(int lines) {
        List<String> all = Folders.read(log()).lines().toList();
        return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
    }

    private Path log() {
        return folder.resolve(name + ".log");
    }

    private Path pidFile() {
        return folder.resolve(name + ".pid");
    }

    /// Ends the process of an earlier run that the pid file names, if it still lives.
    void stopOrphan() {
        if (Files.exists(pidFile())) {
            String text = Folders.read(pidFile()).strip();
            if (text.matches("\\d{1,10}")) {
                ours(Long.parseLong(text), folder.toString()).ifPresent(ChildProcess::end);
            }
            forget();
        }
    }

    /// The process of that pid, if it lives and its command line has the marker in it.
    static Optional<ProcessHandle> ours(long pid, String marker) {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(p -> p.info().commandLine().orElse("").contains(marker));
    }

    static void end(ProcessHandle handle) {
        handle.destroy();
        if (!awaitExit(handle)) {
            handle.destroyForcibly();
            awaitExit(handle);
        }
    }

    private static boolean awaitExit(ProcessHandle handle) {
        try {
            handle.onExit().get(GRACE.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new SandboxException("cannot wait for process " + handle.pid(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void forget() {
        try {
            Files.deleteIfExists(pidFile());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + pidFile(), e);
        }
    }
}
