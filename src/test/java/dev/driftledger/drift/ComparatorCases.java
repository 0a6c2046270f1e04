package dev.driftledger.drift;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.drift.rules.RuleSet;
import dev.driftledger.service.BundledSchemas;
import dev.driftledger.testkit.GoldenCases;
import dev.driftledger.testkit.Manifests;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The golden cases under `src/test/resources/drift/ComparatorTest`.
final class ComparatorCases {
    static final Schemas SCHEMAS = BundledSchemas.load();
    static final String VERDICT = "out-verdict.json";
    static final String WHY = "out-why.txt";

    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

    private ComparatorCases() {}

    static List<Path> folders() {
        return GoldenCases.in(
                "drift/ComparatorTest",
                Set.of("in-desired.yaml", "in-live.yaml", VERDICT, WHY, "case.md"),
                Set.of("in-context.yaml", "in-again.yaml", "in-rules.yaml"));
    }

    /// Both sides of a case with all that it says about them.
    static Comparison comparison(Path folder) {
        ObjectNode context =
                GoldenCases.has(folder, "in-context.yaml")
                        ? Manifests.one(GoldenCases.read(folder, "in-context.yaml"))
                        : JsonNodeFactory.instance.objectNode();
        Schemas schemas =
                context.path("crd").isObject() ? SCHEMAS.withCrd(context.path("crd")) : SCHEMAS;
        return new Comparison(
                Manifests.one(GoldenCases.read(folder, "in-desired.yaml")),
                Manifests.one(GoldenCases.read(folder, "in-live.yaml")),
                new Comparison.Background(
                        objects(context.path("former")),
                        context.path("applier").asText("ci"),
                        objects(context.path("related")),
                        (path, live) -> author(context.path("authors"), path, live),
                        again(folder)),
                new Comparison.Criteria(
                        schemas, ManagerTable.builtIn(), Severities.builtIn(), rules(folder)));
    }

    private static @Nullable Owner author(JsonNode authors, String path, JsonNode live) {
        for (JsonNode each : authors) {
            if (each.path("path").asText().equals(path) && each.path("live").equals(live)) {
                String manager = each.path("manager").asText();
                Owner.Type type = ManagerTable.builtIn().typeOf(manager);
                return new Owner(type, manager, "Update", null, null, null, Owner.Evidence.CHANGE);
            }
        }
        return null;
    }

    private static RuleSet rules(Path folder) {
        return GoldenCases.has(folder, "in-rules.yaml")
                ? RuleSet.parse(
                                Manifests.all(GoldenCases.read(folder, "in-rules.yaml")),
                                "in-rules.yaml",
                                Manifests::one)
                        .at(NOW)
                : RuleSet.none();
    }

    private static @Nullable ObjectNode again(Path folder) {
        return GoldenCases.has(folder, "in-again.yaml")
                ? Manifests.one(GoldenCases.read(folder, "in-again.yaml"))
                : null;
    }

    private static List<ObjectNode> objects(JsonNode list) {
        List<ObjectNode> objects = new ArrayList<>();
        list.forEach(each -> objects.add((ObjectNode) each));
        return objects;
    }
}
