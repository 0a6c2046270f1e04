package dev.driftledger.recorder;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.model.Revision;
import dev.driftledger.model.Rfc3339;

/// Revisions as entries hold them: `{id, author?, committedAt?, subject}`.
final class Revisions {
    private Revisions() {}

    static ObjectNode json(Revision revision) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("id", revision.id());
        if (revision.author() != null) {
            node.put("author", revision.author());
        }
        if (revision.committedAt() != null) {
            node.put("committedAt", Rfc3339.format(revision.committedAt()));
        }
        return node.put("subject", revision.subject());
    }
}
