package dev.driftledger.drift.defaults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// All defaults by type and field.
public final class DefaultTable {
    private static final DefaultTable BUILT_IN = builtInTable();

    private final Map<String, Map<String, Function<Scope, @Nullable JsonNode>>> types =
            new HashMap<>();

    private DefaultTable() {}

    /// The default of a field; null when it has none in this place.
    public static @Nullable JsonNode find(Scope scope, String field) {
        Map<String, Function<Scope, @Nullable JsonNode>> fields = BUILT_IN.types.get(scope.type());
        Function<Scope, @Nullable JsonNode> rule = fields == null ? null : fields.get(field);
        return rule == null ? null : rule.apply(scope);
    }

    DefaultTable row(String type, String field, String value) {
        JsonNode node = JsonNodeFactory.instance.textNode(value);
        return row(type, field, _ -> node);
    }

    DefaultTable row(String type, String field, int value) {
        JsonNode node = JsonNodeFactory.instance.numberNode(value);
        return row(type, field, _ -> node);
    }

    DefaultTable row(String type, String field, boolean value) {
        JsonNode node = JsonNodeFactory.instance.booleanNode(value);
        return row(type, field, _ -> node);
    }

    /// A default that is an empty struct, or one whose own fields have defaults.
    DefaultTable empty(String type, String field) {
        return row(type, field, _ -> struct());
    }

    DefaultTable row(String type, String field, Function<Scope, @Nullable JsonNode> rule) {
        String name = type.startsWith("io.k8s.") ? type : "io.k8s.api." + type;
        types.computeIfAbsent(name, _ -> new HashMap<>()).put(field, rule);
        return this;
    }

    static ObjectNode struct() {
        return JsonNodeFactory.instance.objectNode();
    }

    static JsonNode text(String value) {
        return JsonNodeFactory.instance.textNode(value);
    }

    /// Every field that has a default, as `type.field`, sorted.
    SortedSet<String> fields() {
        TreeSet<String> fields = new TreeSet<>();
        types.forEach((type, rows) -> rows.keySet().forEach(row -> fields.add(type + "." + row)));
        return fields;
    }

    /// A new table of all that is known.
    static DefaultTable builtInTable() {
        DefaultTable table = new DefaultTable();
        PodDefaults.fill(table);
        WorkloadDefaults.fill(table);
        BatchDefaults.fill(table);
        ServiceDefaults.fill(table);
        AutoscalingDefaults.fill(table);
        StorageDefaults.fill(table);
        PolicyDefaults.fill(table);
        AdmissionDefaults.fill(table);
        return table;
    }
}
