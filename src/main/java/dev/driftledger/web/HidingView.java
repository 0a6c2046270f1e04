package dev.driftledger.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one ignore rule hides of a resource.
///
/// @param rule the rule's name
/// @param origin the file it stands in
/// @param reason why somebody wants it, in their words; null when they gave none
/// @param fieldsCount how many fields it hides
/// @param digest of the hidden paths with both their values
/// @param everything whether nothing that counts of the resource is left
/// @param whole `missing`, `extra` or `unmanaged` when that is what it hides; null for fields
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
record HidingView(
        String rule,
        String origin,
        @Nullable String reason,
        long fieldsCount,
        String digest,
        boolean everything,
        @Nullable String whole) {

    static List<HidingView> list(JsonNode rows) {
        List<HidingView> views = new ArrayList<>();
        for (JsonNode each : rows) {
            Body row = new Body(each);
            views.add(
                    new HidingView(
                            row.text("rule"),
                            row.text("origin"),
                            row.textOrNull("reason"),
                            row.count("fieldsCount"),
                            row.text("digest"),
                            each.path("everything").asBoolean(),
                            row.textOrNull("whole")));
        }
        return views;
    }
}
