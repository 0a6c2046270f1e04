package dev.driftledger.drift;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.testkit.Manifests;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class FieldOwnersTest {
    private static final List<String> ELEMENTS =
            List.of(
                    ".",
                    "f:",
                    "f:spec",
                    "f:a.b/c",
                    "k:",
                    "k:{",
                    "k:[]",
                    "k:{}",
                    "v:",
                    "v:\"x\"",
                    "v:{\"a\":1}",
                    "v:1e99999999999",
                    "i:",
                    "i:-1",
                    "i:99999999999",
                    "x:y",
                    "f",
                    ":",
                    "",
                    "k:{\"name\":\"a\"}",
                    "k:{\"port\":80,\"protocol\":\"TCP\"}",
                    "k:{\"a\":{}}",
                    "k:{\"a\":1,\"a\":2}",
                    "k:" + "[".repeat(600),
                    "f:\u0000",
                    "f:\ud800");

    @Test
    void every_sort_of_path_element_is_spelled_as_paths_of_differences_are() {
        // Given
        ObjectNode object =
                owned(
                        """
                        f:metadata: {'f:labels': {'f:a.example/b': {}}, 'f:finalizers':
                          {'v:"x/y"': {}, 'v:7': {}, 'v:{': {}, 'v:1e99999999999': {}}}
                        f:spec:
                          f:list: {'i:3': {}}
                          f:ports: {'k:{"protocol":"TCP","port":80}': {.: {}, 'f:port': {}}}
                          f:env: {'k:{"name":"A"}': {}}
                        """);

        // When
        FieldOwners.Entry entry = FieldOwners.of(object).entries().getFirst();

        // Then
        assertThat(entry.paths())
                .containsOnlyKeys(
                        "metadata.labels[a.example/b]",
                        "metadata.finalizers[x/y]",
                        "metadata.finalizers[7]",
                        "metadata.finalizers[{]",
                        "metadata.finalizers[1e99999999999]",
                        "spec.list[3]",
                        "spec.ports[80/TCP]",
                        "spec.ports[80/TCP].port",
                        "spec.env[A]");
        assertThat(entry.paths())
                .containsEntry("spec.ports[80/TCP]", false)
                .containsEntry("spec.env[A]", true);
    }

    @Test
    void an_entry_owns_its_paths_what_lies_in_its_leaves_and_parts_of_what_is_around_them() {
        // Given
        ObjectNode object = owned("{'f:spec': {'f:a': {'f:b': {}}, 'f:c': {.: {}}}}");

        // When
        FieldOwners.Entry entry = FieldOwners.of(object).entries().getFirst();

        // Then
        assertThat(entry.ownsExactly("spec.a.b")).isTrue();
        assertThat(entry.ownsExactly("spec.a.b.deeper")).isTrue();
        assertThat(entry.ownsExactly("spec.a.b[0]")).isTrue();
        assertThat(entry.ownsExactly("spec.a.bc")).isFalse();
        assertThat(entry.ownsExactly("spec.a")).isFalse();
        assertThat(entry.ownsExactly("spec.c")).isTrue();
        assertThat(entry.ownsExactly("spec.c.deeper")).isFalse();
        assertThat(entry.ownsBelow("spec.a")).isTrue();
        assertThat(entry.ownsBelow("spec.a.b")).isFalse();
        assertThat(entry.ownsBelow("sp")).isFalse();
        assertThat(entry.owns("spec")).isTrue();
        assertThat(entry.owns("spec.a.b")).isTrue();
        assertThat(entry.owns("status")).isFalse();
    }

    @Test
    void a_path_that_only_starts_with_the_same_letters_is_not_below() {
        // Given
        ObjectNode object =
                owned("{'f:spec': {'f:ab': {}, 'f:a-b': {}, 'f:a': {'k:{\"n\":\"x\"}': {}}}}");

        // When
        FieldOwners.Entry entry = FieldOwners.of(object).entries().getFirst();

        // Then
        assertThat(entry.ownsBelow("spec.a")).isTrue();
        assertThat(entry.ownsBelow("spec.ab")).isFalse();
    }

    @Test
    void the_owner_is_who_owns_it_exactly_then_the_newest_then_the_last() {
        // Given
        ObjectNode object = Manifests.one("{kind: A, metadata: {}}");
        ArrayNode entries = ((ObjectNode) object.path("metadata")).putArray("managedFields");
        entries.add(entry("whole", "2026-01-01T00:00:00Z", "{'f:spec': {'f:a': {}}}"));
        entries.add(entry("newer", "2026-01-02T00:00:00Z", "{'f:spec': {'f:a': {}}}"));
        entries.add(entry("older", "2025-01-02T00:00:00Z", "{'f:spec': {'f:a': {}}}"));
        entries.add(entry("part", "2026-02-02T00:00:00Z", "{'f:spec': {'f:a': {'f:b': {}}}}"));
        entries.add(entry("untimed", "", "{'f:spec': {'f:z': {}}}"));
        entries.add(entry("untimed-too", "no time", "{'f:spec': {'f:z': {}}}"));

        // When
        FieldOwners owners = FieldOwners.of(object);

        // Then
        assertThat(manager(owners, "spec.a")).isEqualTo("newer");
        assertThat(manager(owners, "spec.a.b")).isEqualTo("part");
        assertThat(manager(owners, "spec")).isEqualTo("part");
        assertThat(manager(owners, "spec.z")).isEqualTo("untimed-too");
        assertThat(owners.ownerOf("spec.y")).isNull();
    }

    /// It owned two fields of `a` and then none: what is left looks like all of `a`.
    @Test
    void who_lost_all_in_a_node_did_not_come_to_own_it() {
        // Given
        FieldOwners.Entry before =
                first(entry("a", "", "{'f:m': {}, 'f:spec': {'f:a': {'f:x': {}, 'f:y': {}}}}"));
        FieldOwners.Entry emptied = first(entry("a", "", "{'f:m': {}, 'f:spec': {'f:a': {}}}"));

        // When, Then
        assertThat(emptied.cameToOwn("spec.a.z", before)).isFalse();
        assertThat(emptied.cameToOwn("spec.a[z]", before)).isFalse();
        assertThat(emptied.cameToOwn("spec.a", before)).isFalse();
        assertThat(before.cameToOwn("spec.a.x", emptied)).isFalse();
    }

    @Test
    void who_took_a_node_came_to_own_it_and_all_in_it() {
        // Given
        FieldOwners.Entry before = first(entry("a", "", "{'f:m': {}, 'f:spec': {'f:b': {}}}"));
        FieldOwners.Entry taken =
                first(entry("a", "", "{'f:m': {}, 'f:spec': {'f:b': {}, 'f:a': {}}}"));
        FieldOwners.Entry part =
                first(entry("a", "", "{'f:spec': {'f:b': {}, 'f:a': {'f:x': {}}}}"));

        // When, Then
        assertThat(taken.cameToOwn("spec.a", before)).isTrue();
        assertThat(taken.cameToOwn("spec.a.x", before)).isTrue();
        assertThat(taken.cameToOwn("spec.a[x]", before)).isTrue();
        assertThat(taken.cameToOwn("spec.ab", before)).isFalse();
        assertThat(taken.cameToOwn("spec.b.x", before)).isFalse();
        assertThat(part.cameToOwn("spec.a", before)).isTrue();
        assertThat(part.cameToOwn("spec.a.y", before)).isFalse();
    }

    @Test
    void entries_that_say_nothing_are_none() {
        // Given
        ObjectNode object =
                Manifests.one(
                        """
                        {kind: A, metadata: {managedFields: [{}, {manager: a},
                          {fieldsV1: {'f:spec': {}}, subresource: scale, operation: Update},
                          {manager: '', fieldsV1: 7}]}}
                        """);

        // When
        List<FieldOwners.Entry> entries = FieldOwners.of(object).entries();

        // Then
        assertThat(entries).extracting(FieldOwners.Entry::manager).containsExactly("a", "");
        assertThat(entries.get(0).paths()).isEmpty();
        assertThat(entries.get(0).subresource()).isNull();
        assertThat(entries.get(1).subresource()).isEqualTo("scale");
        assertThat(entries.get(1).operation()).isEqualTo("Update");
    }

    @Test
    void writers_are_the_same_by_manager_operation_and_subresource() {
        // Given
        FieldOwners.Entry one = first(entry("a", "", "{'f:spec': {}}"));

        // When, Then
        assertThat(one.sameWriter(first(entry("a", "2026-01-01T00:00:00Z", "{'f:b': {}}"))))
                .isTrue();
        assertThat(one.sameWriter(first(entry("b", "", "{'f:spec': {}}")))).isFalse();
        assertThat(one.sameWriter(first(entry("a", "", "{}").put("operation", "Apply")))).isFalse();
        assertThat(one.sameWriter(first(entry("a", "", "{}").put("subresource", "scale"))))
                .isFalse();
    }

    @Test
    void what_was_credited_before_the_first_apply_is_nobodys() {
        // Given
        FieldOwners.Entry before = first(entry("before-first-apply", "", "{'f:spec': {}}"));
        FieldOwners.Entry human = first(entry("kubectl-edit", "", "{'f:spec': {}}"));

        // When, Then
        ManagerTable known = ManagerTable.builtIn();
        assertThat(before.owner(known, Owner.Evidence.FINAL_STATE).type())
                .isEqualTo(Owner.Type.UNKNOWN);
        assertThat(human.owner(known, Owner.Evidence.FINAL_STATE).type())
                .isEqualTo(Owner.Type.HUMAN);
    }

    @Test
    void entries_beyond_the_depth_that_is_read_own_nothing() {
        // Given
        JsonNode fields = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < 400; i++) {
            fields = JsonNodeFactory.instance.objectNode().set("f:a", fields);
        }
        ObjectNode object = owned("{'f:spec': {}}");
        ((ObjectNode) object.at("/metadata/managedFields/0")).set("fieldsV1", fields);

        // When
        FieldOwners.Entry entry = FieldOwners.of(object).entries().getFirst();

        // Then
        assertThat(entry.paths()).isEmpty();
    }

    @Test
    @Tag("random")
    void whatever_stands_in_managed_fields_is_read_without_failing() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 5_000; round++) {
            ObjectNode object = owned("{'f:spec': {}}");
            ArrayNode entries = (ArrayNode) object.at("/metadata/managedFields");
            List<String> paths = new ArrayList<>(List.of("spec", "spec.a[0].b", "[", "]", "."));
            try {
                for (int i = random.nextInt(4); i > 0; i--) {
                    entries.add(anyEntry(random));
                }
                FieldOwners owners = FieldOwners.of(object);
                owners.entries().forEach(each -> paths.addAll(each.paths().keySet()));
                for (String path : paths) {
                    owners.ownerOf(path);
                    Attribution.between(object, object.deepCopy())
                            .writer(path, ManagerTable.builtIn());
                }
                for (FieldOwners.Entry each : owners.entries()) {
                    assertThat(each.paths().keySet()).allMatch(each::ownsExactly);
                }
            } catch (RuntimeException | StackOverflowError | AssertionError e) {
                throw new AssertionError("seed " + seed + ", round " + round + ": " + object, e);
            }
        }
    }

    private static JsonNode anyEntry(Random random) {
        if (random.nextInt(5) == 0) {
            return RandomJson.node(random, 3);
        }
        ObjectNode entry = entry("kubectl-edit", "2026-01-01T00:00:00Z", "{}");
        entry.set("fieldsV1", fields(random, 6));
        for (String name : List.of("manager", "operation", "subresource", "time")) {
            if (random.nextInt(4) == 0) {
                entry.set(name, RandomJson.node(random, 2));
            }
        }
        return entry;
    }

    private static JsonNode fields(Random random, int depth) {
        if (depth == 0 || random.nextInt(8) == 0) {
            return RandomJson.node(random, 1);
        }
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        for (int i = random.nextInt(4); i > 0; i--) {
            String element = ELEMENTS.get(random.nextInt(ELEMENTS.size()));
            fields.set(element, fields(random, depth - 1));
        }
        return fields;
    }

    private static String manager(FieldOwners owners, String path) {
        FieldOwners.Entry owner = owners.ownerOf(path);
        return owner == null ? "nobody" : owner.manager();
    }

    private static FieldOwners.Entry first(ObjectNode entry) {
        ObjectNode object = Manifests.one("{kind: A, metadata: {}}");
        ((ObjectNode) object.path("metadata")).putArray("managedFields").add(entry);
        return FieldOwners.of(object).entries().getFirst();
    }

    private static ObjectNode owned(String fields) {
        ObjectNode object = Manifests.one("{kind: A, metadata: {}}");
        ((ObjectNode) object.path("metadata"))
                .putArray("managedFields")
                .add(entry("kubectl-edit", "2026-01-01T00:00:00Z", fields));
        return object;
    }

    private static ObjectNode entry(String manager, String time, String fields) {
        ObjectNode entry =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("manager", manager)
                        .put("operation", "Update")
                        .put("time", time);
        entry.set("fieldsV1", Manifests.one(fields));
        return entry;
    }
}
