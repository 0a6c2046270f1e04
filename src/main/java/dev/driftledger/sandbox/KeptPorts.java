package dev.driftledger.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Ports on 127.0.0.1 that stay the same from one start to the next.
///
/// They are chosen once, written to a file, and chosen anew only where another program has taken
/// one in the meantime.
final class KeptPorts {
    private KeptPorts() {}

    /// `count` ports, from the file where it has them and they are free, else new ones.
    static List<Integer> of(Path file, int count) {
        List<Integer> kept = read(file);
        if (kept.size() == count && kept.stream().allMatch(KeptPorts::isFree)) {
            return kept;
        }
        List<Integer> chosen = choose(count);
        Folders.write(
                file, String.join("\n", chosen.stream().map(String::valueOf).toList()) + "\n");
        return chosen;
    }

    private static List<Integer> read(Path file) {
        if (!Files.exists(file)) {
            return List.of();
        }
        return Folders.read(file)
                .lines()
                .filter(l -> l.matches("\\d{1,5}"))
                .map(Integer::valueOf)
                .toList();
    }

    private static List<Integer> choose(int count) {
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            List<Integer> ports = held.stream().map(ServerSocket::getLocalPort).toList();
            for (ServerSocket socket : held) {
                socket.close();
            }
            return ports;
        } catch (IOException e) {
            throw new UncheckedIOException("no free port on 127.0.0.1", e);
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
