package dev.driftledger.recorder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.drift.ManagerTable;
import dev.driftledger.drift.Schemas;
import dev.driftledger.drift.Severities;
import dev.driftledger.model.Digest;
import dev.driftledger.model.ResourceKey;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The schemas, the manager table and the severities that the state's rows stand for, made when
/// first needed.
final class SchemaSet {
    private static final String CRD_GROUP = "apiextensions.k8s.io";
    private static final String CRD_KIND = "CustomResourceDefinition";

    private final RecorderState state;
    private @Nullable Schemas schemas;
    private Row.@Nullable Settings tableOf;
    private ManagerTable table = ManagerTable.builtIn();
    private Severities severities = Severities.builtIn();

    SchemaSet(RecorderState state) {
        this.state = state;
    }

    static boolean isDefinition(ResourceKey key) {
        return key.group().equals(CRD_GROUP) && key.kind().equals(CRD_KIND);
    }

    void forget() {
        schemas = null;
    }

    /// What was made so far; null when it is to be made anew.
    @Nullable Schemas made() {
        return schemas;
    }

    /// Takes over a set that was made from the one before by the change just put.
    void replace(@Nullable Schemas changed) {
        schemas = changed;
    }

    /// @param content finds JSON objects by their digest; null when they are not there
    Schemas schemas(Function<Digest, @Nullable ObjectNode> content) {
        Schemas made = schemas;
        if (made == null) {
            made = make(content);
            schemas = made;
        }
        return made;
    }

    private Schemas make(Function<Digest, @Nullable ObjectNode> content) {
        SortedMap<String, JsonNode> documents = new TreeMap<>();
        state.schemas()
                .forEach((path, row) -> {
                    ObjectNode document = content.apply(row.digest());
                    if (document != null) {
                        documents.put(path, document);
                    }
                });
        Schemas made = Schemas.of(documents);
        for (Row.Resource row : state.resources().ofKind("", CRD_GROUP, CRD_KIND)) {
            ObjectNode definition = content.apply(row.object());
            if (definition != null) {
                made = made.withCrd(definition);
            }
        }
        return made;
    }

    ManagerTable managers() {
        followSettings();
        return table;
    }

    Severities severities() {
        followSettings();
        return severities;
    }

    private void followSettings() {
        Row.Settings settings = state.settings();
        if (!Objects.equals(tableOf, settings)) {
            tableOf = settings;
            table =
                    settings == null
                            ? ManagerTable.builtIn()
                            : ManagerTable.builtIn().with(settings.config().managers());
            severities =
                    settings == null
                            ? Severities.builtIn()
                            : SeveritiesJson.table(
                                    SeveritiesJson.write(settings.config().severities()));
        }
    }
}
