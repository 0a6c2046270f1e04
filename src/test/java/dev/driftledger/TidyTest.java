package dev.driftledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/// How our sources look, beyond what the formatter and the compiler can say.
class TidyTest {
    private static final int LINES_MAX = 400;
    private static final int METHOD_LINES_MAX = 60;
    private static final int COLUMNS_MAX = 100;
    private static final Path MAIN = Path.of("src/main/java");
    private static final Path TESTS = Path.of("src/test/java");

    @Test
    void files_are_at_most_400_lines_long() throws IOException {
        assertThat(filesWhere(MAIN, lines -> lines.size() > LINES_MAX)).isEmpty();
    }

    @Test
    void lines_are_at_most_100_columns_wide() throws IOException {
        assertThat(linesMatching(MAIN, Pattern.compile(".{" + (COLUMNS_MAX + 1) + ",}"))).isEmpty();
    }

    @Test
    void every_folder_of_sources_says_what_it_is_for() throws IOException {
        List<Path> silent = new ArrayList<>();
        for (Path file : sources(MAIN)) {
            Path info = file.resolveSibling("package-info.java");
            if (!Files.exists(info) || !Files.readString(info, UTF_8).startsWith("///")) {
                silent.add(info);
            }
        }
        assertThat(silent).isEmpty();
    }

    @Test
    void types_are_spelled_out() throws IOException {
        Pattern inferred = Pattern.compile("\\s*(final )?(.*\\()?var \\w+ (=|:).*");
        assertThat(linesMatching(MAIN, inferred)).isEmpty();
    }

    @Test
    void documentation_is_markdown() throws IOException {
        assertThat(linesMatching(MAIN, Pattern.compile("\\s*/\\*\\*.*"))).isEmpty();
    }

    @Test
    void what_is_to_be_done_names_its_issue() throws IOException {
        Pattern unnamed = Pattern.compile(".*\\b(TODO|FIXME|XXX)\\b(?! #\\d).*");
        assertThat(linesMatching(MAIN, unnamed)).isEmpty();
        assertThat(linesMatching(TESTS.resolve("dev/driftledger/testkit"), unnamed)).isEmpty();
    }

    @Test
    void nothing_is_imported_by_wildcard() throws IOException {
        assertThat(linesMatching(MAIN, Pattern.compile("import .*\\*;"))).isEmpty();
    }

    @Test
    void public_types_are_documented_and_methods_are_at_most_60_lines_long() throws IOException {
        assertThat(untidyTrees()).isEmpty();
    }

    private static List<String> untidyTrees() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> found = new ArrayList<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, UTF_8)) {
            JavacTask task =
                    (JavacTask)
                            compiler.getTask(
                                    null,
                                    files,
                                    null,
                                    List.of("-proc:none"),
                                    null,
                                    files.getJavaFileObjectsFromPaths(sources(MAIN)));
            DocTrees trees = DocTrees.instance(task);
            for (CompilationUnitTree unit : task.parse()) {
                new Untidy(trees, unit, found).scan(unit, null);
            }
        }
        return found;
    }

    private static List<String> filesWhere(Path root, java.util.function.Predicate<List<String>> is)
            throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : sources(root)) {
            if (is.test(Files.readAllLines(file, UTF_8))) {
                found.add(file.toString());
            }
        }
        return found;
    }

    private static List<String> linesMatching(Path root, Pattern pattern) throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : sources(root)) {
            List<String> lines = Files.readAllLines(file, UTF_8);
            for (int i = 0; i < lines.size(); i++) {
                if (pattern.matcher(lines.get(i)).matches()) {
                    found.add(file + ":" + (i + 1) + ": " + lines.get(i).strip());
                }
            }
        }
        return found;
    }

    private static List<Path> sources(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(f -> f.toString().endsWith(".java")).sorted().toList();
        }
    }

    /// Collects public types without documentation and methods that are too long.
    private static final class Untidy extends TreePathScanner<Void, Void> {
        private final DocTrees trees;
        private final CompilationUnitTree unit;
        private final List<String> found;

        Untidy(DocTrees trees, CompilationUnitTree unit, List<String> found) {
            this.trees = trees;
            this.unit = unit;
            this.found = found;
        }

        @Override
        public Void visitClass(ClassTree type, Void unused) {
            boolean isPublic = type.getModifiers().getFlags().contains(Modifier.PUBLIC);
            if (isPublic && trees.getDocCommentTree(getCurrentPath()) == null) {
                found.add(place(type) + " public type " + type.getSimpleName() + " says nothing");
            }
            return super.visitClass(type, null);
        }

        @Override
        public Void visitMethod(MethodTree method, Void unused) {
            long length = line(end(method)) - line(start(method)) + 1;
            if (length > METHOD_LINES_MAX) {
                found.add(place(method) + " " + method.getName() + " has " + length + " lines");
            }
            return super.visitMethod(method, null);
        }

        private String place(Tree tree) {
            return Path.of(unit.getSourceFile().toUri()).getFileName() + ":" + line(start(tree));
        }

        private long line(long position) {
            return unit.getLineMap().getLineNumber(position);
        }

        private long start(Tree tree) {
            return trees.getSourcePositions().getStartPosition(unit, tree);
        }

        private long end(Tree tree) {
            return trees.getSourcePositions().getEndPosition(unit, tree);
        }
    }
}
