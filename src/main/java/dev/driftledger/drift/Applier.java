package dev.driftledger.drift;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.model.Json;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Who applies an object, and what it ever asked for.
final class Applier {
    private static final String CLIENT_SIDE = "kubectl-client-side-apply";

    private final @Nullable String name;
    private final ManagerTable managers;
    private final List<ObjectNode> former;
    private final ObjectNode live;
    private @Nullable JsonNode lastApplied;

    Applier(Comparison comparison) {
        this.name = comparison.background().applier();
        this.managers = comparison.criteria().managers();
        this.former = comparison.background().former();
        this.live = comparison.live();
    }

    /// Whether the entry is the applier's own. Without a known applier any reconciler and
    /// client-side apply count; one reconciler may write under several names (`argocd`,
    /// `argocd-controller`).
    boolean is(FieldOwners.Entry entry) {
        String manager = entry.manager();
        Owner.Type type = managers.typeOf(manager);
        if (name == null) {
            return type == Owner.Type.RECONCILER || manager.equals(CLIENT_SIDE);
        }
        return manager.equals(name)
                || (type == Owner.Type.RECONCILER
                        && managers.typeOf(name) == Owner.Type.RECONCILER
                        && family(manager).equals(family(name)));
    }

    /// Whether its field manager is known.
    boolean isKnown() {
        return name != null;
    }

    /// Whether anything is known of what was asked for before.
    boolean hasHistory() {
        return !former.isEmpty() || !lastApplied().isMissingNode();
    }

    /// Whether a former desired state, or the last applied one, names the path.
    boolean everNamed(FieldPath path) {
        if (!path.in(lastApplied()).isMissingNode()) {
            return true;
        }
        return former.stream().anyMatch(each -> !path.in(each).isMissingNode());
    }

    /// What it asked for last at a path, as far as that is known: its copy of the manifest in the
    /// annotation, else, for a server-side apply, the manifest before; missing when it is not.
    JsonNode lastAsked(FieldPath path, FieldOwners.Entry entry) {
        if (!lastApplied().isMissingNode()) {
            return path.in(lastApplied());
        }
        boolean known = entry.operation().equals("Apply") && !former.isEmpty();
        return known ? path.in(former.getFirst()) : MissingNode.getInstance();
    }

    /// Whether it ever asked for such a value at a path, as far as is known.
    boolean everAsked(FieldPath path, Predicate<JsonNode> value) {
        return value.test(path.in(lastApplied()))
                || former.stream().anyMatch(each -> value.test(path.in(each)));
    }

    private static String family(String manager) {
        int dash = manager.indexOf('-');
        return dash < 0 ? manager : manager.substring(0, dash);
    }

    private JsonNode lastApplied() {
        JsonNode known = lastApplied;
        if (known == null) {
            known = lastApplied(live);
            lastApplied = known;
        }
        return known;
    }

    /// Its copy of the manifest; missing when there is none, or something else stands there.
    private static JsonNode lastApplied(ObjectNode live) {
        String text =
                live.path("metadata").path("annotations").path(KnownMetadata.LAST_APPLIED).asText();
        try {
            JsonNode parsed = text.isEmpty() ? null : Json.parse(text);
            return parsed instanceof ObjectNode copy
                    ? SecretData.folded(copy, live.path("data"))
                    : MissingNode.getInstance();
        } catch (JsonProcessingException _) {
            return MissingNode.getInstance();
        }
    }
}
