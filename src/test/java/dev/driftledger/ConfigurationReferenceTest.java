package dev.driftledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The table of settings beside the mapping interfaces that it is written from.
final class ConfigurationReferenceTest {
    private static final Path PUBLISHED = Path.of("docs", "reference", "configuration.md");
    private static final Path SOURCES = Path.of("src", "main", "java");
    private static final Pattern LINK = Pattern.compile("\\[(?:[\\w.]*\\.)?#?(\\w+)(?:\\(\\))?]");

    private static final String HEAD =
            """
            # Configuration

            Every setting of Driftledger's own. Give them as system properties, as environment
            variables (`DRIFTLEDGER_STORE_PAGE_SIZE_MAX` for `driftledger.store.page-size-max`)
            or in `config/application.properties` beside the program. Durations are written
            `30s`, `15m` or as ISO 8601 (`P7D`). The database, Kafka and HTTP are set by
            Quarkus's own keys, which [Run the service](../how-to/run-the-service.md) names.

            This file is written from the source by
            `./mvnw test -Dtest=ConfigurationReferenceTest -Ddriftledger.reference=write`.

            | key | default | meaning |
            |---|---|---|
            """;

    @Test
    void every_setting_is_in_the_reference_as_the_source_has_it() throws IOException {
        // When
        StringBuilder expected = new StringBuilder(HEAD);
        settings().values().forEach(row -> expected.append(row).append('\n'));

        // Then
        if ("write".equals(System.getProperty("driftledger.reference"))) {
            Files.writeString(PUBLISHED, expected);
        }
        assertThat(PUBLISHED).content().isEqualTo(expected.toString());
    }

    /// Rows of the table by key.
    private static SortedMap<String, String> settings() throws IOException {
        SortedMap<String, String> rows = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(SOURCES)) {
            JavaSources.parse(
                    paths.filter(p -> p.toString().endsWith(".java")).toList(),
                    (trees, unit) -> new Mappings(trees, unit, rows).scan(unit, null));
        }
        return rows;
    }

    /// Finds the mapping interfaces of a file.
    private static final class Mappings extends TreeScanner<@Nullable Void, @Nullable Void> {
        private final Trees trees;
        private final CompilationUnitTree unit;
        private final SortedMap<String, String> rows;

        Mappings(Trees trees, CompilationUnitTree unit, SortedMap<String, String> rows) {
            this.trees = trees;
            this.unit = unit;
            this.rows = rows;
        }

        @Override
        public @Nullable Void visitClass(ClassTree type, @Nullable Void nothing) {
            String prefix = argument(type.getModifiers(), "ConfigMapping");
            if (prefix != null) {
                members(type, prefix, type);
            }
            return super.visitClass(type, null);
        }

        private void members(ClassTree type, String prefix, ClassTree mapping) {
            for (Tree member : type.getMembers()) {
                if (member instanceof MethodTree method && method.getBody() == null) {
                    setting(method, prefix, mapping);
                }
            }
        }

        private void setting(MethodTree method, String prefix, ClassTree mapping) {
            boolean unnamed = annotation(method.getModifiers(), "WithParentName") != null;
            String key = unnamed ? prefix : prefix + "." + kebab(method.getName().toString());
            String type = Objects.toString(method.getReturnType());
            if (type.startsWith("Map<")) {
                key += ".<name>";
            }
            ClassTree nested = nested(mapping, type.replaceAll(".*[ <](\\w+)>*$", "$1"));
            if (nested != null) {
                members(nested, key, mapping);
                return;
            }
            String preset = argument(method.getModifiers(), "WithDefault");
            String shown = preset == null ? missing(type) : "`" + preset + "`";
            String told = trees.getDocComment(trees.getPath(unit, method));
            String meaning = LINK.matcher(Objects.toString(told)).replaceAll(Mappings::shown);
            rows.put(key, "| `%s` | %s | %s |".formatted(key, shown, oneLine(meaning)));
        }

        private static String missing(String type) {
            return type.startsWith("Optional<") || type.startsWith("Map<") ? "none" : "required";
        }

        private static String shown(MatchResult link) {
            return Matcher.quoteReplacement("`" + kebab(link.group(1)) + "`");
        }

        private static String oneLine(String text) {
            return text.replaceAll("\\s+", " ").replace("|", "\\|").strip();
        }

        private static @Nullable ClassTree nested(ClassTree mapping, String name) {
            return mapping.getMembers().stream()
                    .filter(ClassTree.class::isInstance)
                    .map(ClassTree.class::cast)
                    .filter(c -> c.getSimpleName().contentEquals(name))
                    .findFirst()
                    .orElse(null);
        }

        private static @Nullable AnnotationTree annotation(ModifiersTree modifiers, String name) {
            return modifiers.getAnnotations().stream()
                    .map(AnnotationTree.class::cast)
                    .filter(a -> a.getAnnotationType().toString().equals(name))
                    .findFirst()
                    .orElse(null);
        }

        /// The only argument of an annotation; null when it is not there.
        private static @Nullable String argument(ModifiersTree modifiers, String name) {
            AnnotationTree annotation = annotation(modifiers, name);
            if (annotation == null) {
                return null;
            }
            Tree argument = annotation.getArguments().getFirst();
            Tree value = argument instanceof AssignmentTree a ? a.getExpression() : argument;
            return Objects.toString(((LiteralTree) value).getValue());
        }

        private static String kebab(String name) {
            return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
        }
    }
}
