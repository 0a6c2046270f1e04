package dev.driftledger.recorder;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.drift.Attribution;
import dev.driftledger.drift.Hiding;
import dev.driftledger.model.Revision;
import org.jspecify.annotations.Nullable;

/// Why a judgement is made again, which tells who ended a finding that is gone with it.
sealed interface Cause {
    /// The live object changed.
    ///
    /// @param previous the observation before; null when it was not there
    /// @param change who wrote what between both
    record Live(@Nullable ObjectNode previous, ObjectNode live, Attribution change)
            implements Cause {
        static Live of(@Nullable ObjectNode previous, ObjectNode live) {
            return new Live(previous, live, Attribution.between(previous, live));
        }
    }

    /// Git, or what was applied of it, changed.
    record Desired(Revision revision) implements Cause {}

    /// The live object went.
    record Deleted() implements Cause {}

    /// The settings changed.
    record Configured() implements Cause {}

    /// An ignore rule hides what differs.
    ///
    /// @param because why it was judged again
    record Ruled(Hiding hiding, Cause because) implements Cause {}

    /// Something else: watching began, a schema or an autoscaler changed, time passed.
    record Other(String reason) implements Cause {}
}
