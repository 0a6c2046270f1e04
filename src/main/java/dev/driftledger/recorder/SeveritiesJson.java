package dev.driftledger.recorder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.driftledger.drift.Severities;
import dev.driftledger.model.RecorderConfig.SeverityRow;
import java.util.List;

/// A user's severities as the entry about the settings holds them.
final class SeveritiesJson {
    private SeveritiesJson() {}

    static ArrayNode write(List<SeverityRow> rows) {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        for (SeverityRow row : rows) {
            json.addObject()
                    .put("kind", SafeJson.text(row.kind()))
                    .put("path", SafeJson.text(row.path()))
                    .put("severity", SafeJson.text(row.severity()));
        }
        return json;
    }

    /// The built-in table with these rows before it; rows that are none have no effect at all, so
    /// that a record that came from elsewhere stops nothing.
    static Severities table(JsonNode rows) {
        if (!rows.isArray() || rows.isEmpty()) {
            return Severities.builtIn();
        }
        try {
            return Severities.builtIn().with(Severities.rows(rows));
        } catch (IllegalArgumentException _) {
            return Severities.builtIn();
        }
    }
}
