package dev.driftledger.drift;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// How one node of an object is to be compared, compiled from its schema when first asked for.
///
/// Fields are compiled lazily, so recursive schemas are no trouble.
final class Shape {
    /// Nothing is known: compared by structure alone.
    static final Shape ANY = new Shape(Form.ANY, SchemaDocument.NONE, MissingNode.getInstance());

    /// How the parts of a node belong together.
    enum Form {
        /// Named fields.
        STRUCT,
        /// Free keys, all of one shape.
        MAP,
        /// A list whose items are told apart by key fields.
        LIST_MAP,
        /// A list in which each scalar stands once, in no order.
        SET,
        /// A list that is one value; position matters.
        LIST,
        SCALAR,
        ANY
    }

    /// How a scalar is read.
    enum Format {
        PLAIN,
        QUANTITY,
        INT_OR_STRING,
        DATE_TIME,
        DURATION,
        BASE64
    }

    private static final String REF_PREFIX = "#/components/schemas/";

    private final Form form;
    private final SchemaDocument document;
    private final JsonNode schema;
    private final Map<String, Shape> fields = new ConcurrentHashMap<>();
    private @Nullable volatile Shape additional;
    private @Nullable volatile Shape items;
    private final List<String> keys;
    private final Format format;
    private final @Nullable String typeName;
    private final @Nullable JsonNode schemaDefault;

    private Shape(Form form, SchemaDocument document, JsonNode schema) {
        this(form, document, schema, null, schema.get("default"));
    }

    private Shape(
            Form form,
            SchemaDocument document,
            JsonNode schema,
            @Nullable String typeName,
            @Nullable JsonNode schemaDefault) {
        this.form = form;
        this.document = document;
        this.schema = schema;
        this.typeName = typeName;
        this.schemaDefault = schemaDefault;
        this.keys = keys(schema);
        this.format = format(schema, typeName);
    }

    /// Compiles one schema; `typeName` is the name under which the document holds it, if any.
    static Shape of(SchemaDocument document, JsonNode schema, @Nullable String typeName) {
        String ref = reference(schema);
        if (ref != null && !ref.equals(typeName)) {
            Shape target = document.type(ref);
            JsonNode own = schema.get("default");
            return own == null ? target : target.withDefault(own);
        }
        return new Shape(formOf(schema), document, schema, typeName, schema.get("default"));
    }

    private Shape withDefault(JsonNode value) {
        return new Shape(form, document, schema, typeName, value);
    }

    Form form() {
        return form;
    }

    Format format() {
        return format;
    }

    /// Such as `io.k8s.api.core.v1.Container`; null for anonymous schemas and those of CRDs.
    @Nullable String typeName() {
        return typeName;
    }

    /// The `default` that the schema itself gives; null when it gives none.
    @Nullable JsonNode schemaDefault() {
        return schemaDefault;
    }

    /// Names of the key fields of a list-map, sorted; empty for everything else.
    List<String> keys() {
        return keys;
    }

    /// Whether this comes from a document of a built-in API, whose texts are never amounts by
    /// accident.
    boolean isBuiltIn() {
        return document.isBuiltIn();
    }

    /// Whether the schema names this field.
    boolean names(String field) {
        return schema.path("properties").has(field);
    }

    /// The shape of a field or of a map's value; [#ANY] when the schema does not tell.
    Shape field(String name) {
        Shape known = fields.get(name);
        if (known != null) {
            return known;
        }
        JsonNode property = schema.path("properties").get(name);
        if (property != null) {
            return fields.computeIfAbsent(name, _ -> of(document, property, null));
        }
        return additional();
    }

    private Shape additional() {
        Shape known = additional;
        if (known == null) {
            JsonNode schemaOfAll = schema.path("additionalProperties");
            known = schemaOfAll.isObject() ? of(document, schemaOfAll, null) : ANY;
            additional = known;
        }
        return known;
    }

    /// The shape of a list's items.
    Shape items() {
        Shape known = items;
        if (known == null) {
            JsonNode each = schema.get("items");
            known = each == null ? ANY : of(document, each, null);
            items = known;
        }
        return known;
    }

    private static @Nullable String reference(JsonNode schema) {
        JsonNode ref = schema.get("$ref");
        JsonNode all = schema.path("allOf");
        if (ref == null && all.size() == 1) {
            ref = all.get(0).get("$ref");
        }
        return ref != null && ref.asText().startsWith(REF_PREFIX)
                ? ref.asText().substring(REF_PREFIX.length())
                : null;
    }

    private static Form formOf(JsonNode schema) {
        if (isIntOrString(schema)) {
            return Form.SCALAR;
        }
        return switch (schema.path("type").asText()) {
            case "object" -> objectForm(schema);
            case "array" -> listForm(schema);
            case "string", "integer", "number", "boolean" -> Form.SCALAR;
            default -> schema.has("properties") ? Form.STRUCT : Form.ANY;
        };
    }

    private static Form objectForm(JsonNode schema) {
        if (schema.has("properties")) {
            return Form.STRUCT;
        }
        return schema.path("additionalProperties").isObject() ? Form.MAP : Form.ANY;
    }

    private static Form listForm(JsonNode schema) {
        return switch (schema.path("x-kubernetes-list-type").asText()) {
            case "map" -> keys(schema).isEmpty() ? Form.LIST : Form.LIST_MAP;
            case "set" -> Form.SET;
            default -> Form.LIST;
        };
    }

    private static List<String> keys(JsonNode schema) {
        List<String> names = new ArrayList<>();
        schema.path("x-kubernetes-list-map-keys").forEach(k -> names.add(k.asText()));
        names.sort(null);
        return List.copyOf(names);
    }

    private static boolean isIntOrString(JsonNode schema) {
        return schema.path("x-kubernetes-int-or-string").asBoolean(false)
                || schema.path("format").asText().equals("int-or-string");
    }

    private static Format format(JsonNode schema, @Nullable String typeName) {
        if (typeName != null && typeName.endsWith(".api.resource.Quantity")) {
            return Format.QUANTITY;
        }
        if (typeName != null && typeName.endsWith(".meta.v1.Duration")) {
            return Format.DURATION;
        }
        if (isIntOrString(schema)) {
            boolean units = schema.path("pattern").asText().contains("[KMGTPE]i");
            return units ? Format.QUANTITY : Format.INT_OR_STRING;
        }
        return switch (schema.path("format").asText()) {
            case "date-time" -> Format.DATE_TIME;
            case "duration" -> Format.DURATION;
            case "byte" -> Format.BASE64;
            case "quantity" -> Format.QUANTITY;
            default -> Format.PLAIN;
        };
    }
}
