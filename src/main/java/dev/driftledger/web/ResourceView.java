package dev.driftledger.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.driftledger.model.ResourceKey;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// One resource of an application as a snapshot lists it.
///
/// @param id `<cluster uid>:group:kind:namespace:name`
/// @param desired digest of what git says; null when git does not name it
/// @param live digest of what the cluster has; null when it has none
/// @param resourceVersion null when there is no live object
/// @param pending whether git's head says something else than what was applied
/// @param reason why the verdict is unknown; null otherwise
/// @param images digests of the images that its Pods really run
/// @param ignored what each ignore rule hides of it
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
record ResourceView(
        String id,
        ResourceKey resource,
        @Schema(
                        implementation = String.class,
                        enumeration = {
                            "in-sync",
                            "ignored",
                            "drifted",
                            "missing",
                            "unmanaged",
                            "extra",
                            "pending",
                            "unknown"
                        })
                Mark verdict,
        @Nullable String desired,
        @Nullable String live,
        @Nullable String resourceVersion,
        boolean pending,
        @Nullable String reason,
        List<String> images,
        List<HidingView> ignored) {
    ResourceView {
        images = List.copyOf(images);
        ignored = List.copyOf(ignored);
    }

    /// The rows of a snapshot's blob; a row that cannot be read is left out of none: it is shown
    /// as unknown.
    static List<ResourceView> list(String cluster, JsonNode blob) {
        List<ResourceView> rows = new ArrayList<>(blob.size());
        blob.forEach(row -> rows.add(of(cluster, new Body(row))));
        return rows;
    }

    private static ResourceView of(String cluster, Body row) {
        String id = row.text("resource");
        return new ResourceView(
                PublicId.of(cluster, id),
                key(id),
                Mark.verdict(row.text("verdict")),
                row.textOrNull("desired"),
                row.textOrNull("live"),
                row.textOrNull("resourceVersion"),
                row.has("pending") && row.node().path("pending").asBoolean(true),
                row.textOrNull("reason"),
                row.texts("images"),
                HidingView.list(row.node().path("ignored")));
    }

    private static ResourceKey key(String id) {
        try {
            return ResourceKey.ofId(id);
        } catch (IllegalArgumentException e) {
            return new ResourceKey("", "?", "", id);
        }
    }

    /// Desired digest, short; a dash when there is none.
    public String shortDesired() {
        return shortened(desired);
    }

    /// Live digest, short; a dash when there is none.
    public String shortLive() {
        return shortened(live);
    }

    private static String shortened(@Nullable String digest) {
        return digest == null ? "–" : digest.substring(0, Math.min(12, digest.length()));
    }
}
