package dev.driftledger.web;

import java.util.Optional;

/// Where the public keys of logs come from. Whoever wires the service provides it.
@FunctionalInterface
public interface LogKeys {
    /// The verifier key of a log as text, `name+keyid+base64`; empty when this service does not
    /// hold the key.
    ///
    /// @param cluster uid
    /// @param origin the log's name in checkpoints
    Optional<String> key(String cluster, String origin);
}
