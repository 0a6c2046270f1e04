package dev.driftledger.drift;

import dev.driftledger.model.Labelled;

/// How bad a difference is, by what the field can do; ordered from harmless to worst.
public enum Severity implements Labelled {
    /// Worth knowing.
    INFO,
    /// Labels, annotations, restarts.
    LOW,
    /// Configuration and scale.
    MEDIUM,
    /// Images, commands, Secrets, network exposure, missing resources.
    HIGH,
    /// Privileges: RBAC rules, security contexts, host access.
    CRITICAL
}
