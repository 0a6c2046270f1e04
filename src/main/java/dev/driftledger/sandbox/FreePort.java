package dev.driftledger.sandbox;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/// Looks whether a port can be had before anything is started that would have to be stopped again.
final class FreePort {
    private FreePort() {}

    /// @param option with which a person chooses another one
    /// @throws SandboxException when somebody listens on it
    static void require(int port, String option) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new SandboxException(
                    "port "
                            + port
                            + " of 127.0.0.1 is taken ("
                            + e.getMessage()
                            + "); stop what listens there, or choose another one with "
                            + option
                            + " (make sandbox ARGS=\""
                            + option
                            + " 18080\")",
                    e);
        }
    }
}
