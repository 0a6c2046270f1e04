package dev.driftledger.service;

/// A setting with which the service cannot start. The message is one sentence that names the key
/// and the fix.
public final class ConfigurationException
        extends io.quarkus.runtime.configuration.ConfigurationException {
    private static final long serialVersionUID = 1L;

    /// @param key the configuration key
    /// @param problem what is wrong and what to set instead
    public ConfigurationException(String key, String problem) {
        super(key + " " + problem);
    }
}
