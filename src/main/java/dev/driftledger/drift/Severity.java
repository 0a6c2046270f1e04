package dev.driftledger.drift;

/// How bad a difference is, by what the field can do; ordered from harmless to worst.
public enum Severity {
    /// Worth knowing.
    INFO,
    /// Labels, annotations, restarts.
    LOW,
    /// Configuration and scale.
    MEDIUM,
    /// Images, commands, Secrets, network exposure, missing resources.
    HIGH,
    /// Privileges: RBAC rules, security contexts, host access.
    CRITICAL;

    /// As it is written in entries and events: `high`.
    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
