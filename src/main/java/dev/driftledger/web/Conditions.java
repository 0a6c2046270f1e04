package dev.driftledger.web;

import java.util.List;

/// What the parts that the service needs are in just now. Whoever wires the service provides it.
@FunctionalInterface
public interface Conditions {
    /// All parts, in a fixed order; asked at each health check, so it must not block.
    List<Part> parts();

    /// One part.
    ///
    /// @param name such as `postgresql`, `kafka` or `intake`
    /// @param up whether it works
    /// @param words what is to be said about it, for operators
    record Part(String name, boolean up, String words) {}
}
