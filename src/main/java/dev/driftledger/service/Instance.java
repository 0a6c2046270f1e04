package dev.driftledger.service;

import java.net.InetAddress;
import java.net.UnknownHostException;

/// Which instance of which version this is, as the log has it.
///
/// @param name the configured one, else the host's
/// @param version of the program
public record Instance(String name, String version) {
    /// Names this instance.
    static Instance of(ServiceConfig config, String version) {
        return new Instance(config.instance().orElseGet(Instance::hostName), version);
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }
}
