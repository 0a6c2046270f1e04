package dev.driftledger.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/// A TCP relay to a port on 127.0.0.1 that cuts connections where a test wants it.
public final class CuttingProxy implements AutoCloseable {
    private static final long NEVER = Long.MAX_VALUE;

    private final ServerSocket listener;
    private final int target;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicLong requestBytesLeft = new AtomicLong(NEVER);
    private volatile boolean answersLost;

    private CuttingProxy(ServerSocket listener, int target) {
        this.listener = listener;
        this.target = target;
    }

    /// Begins to relay to a port.
    public static CuttingProxy to(int target) {
        try {
            CuttingProxy proxy =
                    new CuttingProxy(
                            new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), target);
            proxy.threads.execute(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen", e);
        }
    }

    /// Where it listens.
    public int port() {
        return listener.getLocalPort();
    }

    /// Lets so many more bytes of requests through, then cuts.
    public void cutRequestsAfter(long bytes) {
        requestBytesLeft.set(bytes);
    }

    /// Lets the next request through, waits for the first byte of its answer, then cuts.
    public void loseAnswers() {
        answersLost = true;
    }

    /// Relays all again.
    public void heal() {
        requestBytesLeft.set(NEVER);
        answersLost = false;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                threads.execute(() -> relay(client, server, true));
                threads.execute(() -> relay(server, client, false));
            } catch (IOException e) {
                if (!listener.isClosed()) {
                    throw new UncheckedIOException("cannot relay", e);
                }
            }
        }
    }

    private void relay(Socket from, Socket to, boolean requests) {
        byte[] buffer = new byte[8192];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                long allowed = requests ? allowed(count) : answersLost ? 0 : count;
                out.write(Arrays.copyOf(buffer, (int) allowed));
                out.flush();
                if (allowed < count) {
                    return;
                }
            }
        } catch (IOException _) {
            return; // cut from the other side; closing both ends is all there is to do
        }
    }

    private long allowed(int count) {
        long left = requestBytesLeft.get();
        if (left == NEVER) {
            return count;
        }
        return Math.min(count, requestBytesLeft.getAndAdd(-Math.min(count, left)));
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close", e);
        }
        threads.shutdownNow();
    }
}
