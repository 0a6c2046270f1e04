package dev.driftledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// How sources look, as far as a compiler does not say.
final class TidyTest {
    private static final Path MAIN = Path.of("src", "main", "java");
    private static final Path SOURCES = Path.of("src");
    private static final int FILE_MAX_LINES = 400;
    private static final int METHOD_MAX_LINES = 60;
    private static final int LINE_MAX_COLUMNS = 100;

    private static final Pattern VAR = Pattern.compile("\\bvar\\s+\\w+\\s*[=:,)]");
    private static final Pattern OPEN_TODO = Pattern.compile("\\bTODO\\b(?! #\\d)");

    /// Folders of one machine; cut in two, so that this file does not name them.
    private static final Pattern MACHINE_PATH =
            Pattern.compile(
                    "(?<![\\w.])/(wo" + "rk|t" + "mp|ro" + "ot|ho" + "me)/|\\.\\./sha" + "red");

    @Test
    void files_are_short() throws IOException {
        assertThat(files(SOURCES, ".java"))
                .filteredOn(file -> lines(file).size() > FILE_MAX_LINES)
                .isEmpty();
    }

    @Test
    void lines_are_narrow() throws IOException {
        assertThat(found(SOURCES, line -> line.length() > LINE_MAX_COLUMNS)).isEmpty();
    }

    @Test
    void types_are_written_out_in_main() throws IOException {
        assertThat(found(MAIN, line -> VAR.matcher(line).find())).isEmpty();
    }

    @Test
    void documentation_is_markdown() throws IOException {
        assertThat(found(SOURCES, line -> line.strip().startsWith("/" + "**"))).isEmpty();
    }

    @Test
    void what_is_to_be_done_names_its_issue() throws IOException {
        assertThat(found(SOURCES, line -> OPEN_TODO.matcher(line).find())).isEmpty();
    }

    @Test
    void every_package_says_what_it_is_for() throws IOException {
        assertThat(files(MAIN, ".java"))
                .allSatisfy(file -> assertThat(file.resolveSibling("package-info.java")).exists());
    }

    @Test
    void methods_are_short() throws IOException {
        assertThat(found(files(SOURCES, ".java"), LongMethods::new)).isEmpty();
    }

    @Test
    void public_types_are_documented() throws IOException {
        assertThat(found(files(MAIN, ".java"), BareTypes::new)).isEmpty();
    }

    @Test
    void no_file_names_a_folder_of_one_machine() throws IOException {
        // Given
        List<Path> all = new ArrayList<>();
        for (String part : List.of("src", "docs", "bin", "kube", "kafka", "pom.xml", "Makefile")) {
            all.addAll(files(Path.of(part), ""));
        }

        // Then
        assertThat(all)
                .filteredOn(f -> lines(f).stream().anyMatch(l -> MACHINE_PATH.matcher(l).find()))
                .isEmpty();
    }

    private static List<String> found(Path folder, Predicate<String> wanted) throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : files(folder, ".java")) {
            List<String> lines = lines(file);
            for (int i = 0; i < lines.size(); i++) {
                if (wanted.test(lines.get(i))) {
                    found.add(file + ":" + (i + 1) + " " + lines.get(i).strip());
                }
            }
        }
        return found;
    }

    private static List<Path> files(Path folder, String ending) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(Files::isRegularFile)
                    .filter(p -> p.toString().toLowerCase(Locale.ROOT).endsWith(ending))
                    .sorted()
                    .toList();
        }
    }

    /// Lines of a text file; none for a file that is no UTF-8.
    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (MalformedInputException _) {
            return List.of();
        } catch (IOException e) {
            throw new AssertionError(file.toString(), e);
        }
    }

    /// What is found in the syntax trees of source files.
    private static List<String> found(
            List<Path> files, Function<Parsed, TreeScanner<@Nullable Void, @Nullable Void>> finder)
            throws IOException {
        List<String> found = new ArrayList<>();
        JavaSources.parse(
                files,
                (trees, unit) -> finder.apply(new Parsed(trees, unit, found)).scan(unit, null));
        return found;
    }

    private record Parsed(Trees trees, CompilationUnitTree unit, List<String> found) {
        long line(long position) {
            return unit.getLineMap().getLineNumber(position);
        }

        void add(long line, String what) {
            found.add(unit.getSourceFile().getName() + ":" + line + " " + what);
        }
    }

    private static final class LongMethods extends TreeScanner<@Nullable Void, @Nullable Void> {
        private final Parsed parsed;

        LongMethods(Parsed parsed) {
            this.parsed = parsed;
        }

        @Override
        public @Nullable Void visitMethod(MethodTree method, @Nullable Void nothing) {
            SourcePositions positions = parsed.trees().getSourcePositions();
            long first = parsed.line(positions.getStartPosition(parsed.unit(), method));
            long last = parsed.line(positions.getEndPosition(parsed.unit(), method));
            if (last - first + 1 > METHOD_MAX_LINES) {
                parsed.add(first, method.getName() + " has " + (last - first + 1) + " lines");
            }
            return super.visitMethod(method, null);
        }
    }

    private static final class BareTypes extends TreeScanner<@Nullable Void, @Nullable Void> {
        private final Parsed parsed;

        BareTypes(Parsed parsed) {
            this.parsed = parsed;
        }

        @Override
        public @Nullable Void visitClass(ClassTree type, @Nullable Void nothing) {
            Trees trees = parsed.trees();
            if (type.getModifiers().getFlags().contains(Modifier.PUBLIC)
                    && trees.getDocComment(trees.getPath(parsed.unit(), type)) == null) {
                long start = trees.getSourcePositions().getStartPosition(parsed.unit(), type);
                parsed.add(parsed.line(start), type.getSimpleName() + " has no documentation");
            }
            return super.visitClass(type, null);
        }
    }
}
