package dev.driftledger.cluster;

import dev.driftledger.model.ResourceType;
import java.time.Instant;

/// Is shown what a server sent, as it came: for recordings. Called by the feed's own thread, one
/// type's calls in order, several types at once.
///
/// Secrets are not redacted yet here.
interface FrameTap {
    /// Looks at nothing.
    FrameTap NONE = new FrameTap() {};

    /// A change; the buffer is only lent.
    default void change(
            Instant at, ResourceType type, String event, byte[] buffer, int from, int to) {}

    /// A bookmark.
    default void bookmark(Instant at, ResourceType type, String resourceVersion) {}

    /// A list is complete.
    default void listed(Instant at, ResourceType type, String resourceVersion) {}
}
