package dev.driftledger;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The package order of `docs/architecture.md`, as a test.
final class ArchitectureTest {
    private static final String ROOT = "dev.driftledger.";

    /// Left to right. A package may import only packages before it. Some come with later issues.
    private static final List<String> ORDER =
            List.of(
                    "model",
                    "intake",
                    "cluster",
                    "reconciler",
                    "desired",
                    "drift",
                    "effect",
                    "ledger",
                    "recorder",
                    "store",
                    "anchor",
                    "event",
                    "hook",
                    "report",
                    "restore",
                    "web",
                    "service",
                    "sandbox",
                    "cli");

    /// No framework, no input or output, no clock, no Mutiny.
    private static final List<String> PURE =
            List.of("model", "drift", "effect", "ledger", "recorder");

    private static final List<String> PURE_MAY_IMPORT =
            List.of(
                    "java.lang",
                    "java.math",
                    "java.nio.charset",
                    "java.security",
                    "java.time",
                    "java.util",
                    "javax.crypto",
                    "org.jspecify",
                    "com.fasterxml.jackson.annotation",
                    "com.fasterxml.jackson.core",
                    "com.fasterxml.jackson.databind",
                    "org.erdtman.jcs");

    /// Bytes in memory, and what the parsers of bytes throw.
    private static final Set<String> PURE_MAY_USE =
            Set.of(
                    "java.io.ByteArrayInputStream",
                    "java.io.ByteArrayOutputStream",
                    "java.io.IOException",
                    "java.io.InputStream",
                    "java.io.OutputStream",
                    "java.io.Serializable",
                    "java.io.UncheckedIOException",
                    "java.nio.Buffer",
                    "java.nio.ByteBuffer");

    /// What one pure package may import besides: linear-time regular expressions, which do nothing
    /// but match.
    private static final String RULES = ROOT + "drift.rules";

    private static final String RULES_MAY_IMPORT = "com.google.re2j";

    private static final Set<String> CLOCKS =
            Set.of("now", "currentTimeMillis", "nanoTime", "systemUTC", "systemDefaultZone");

    private static final String TESTS =
            ArchitectureTest.class.getProtectionDomain().getCodeSource().getLocation().getPath();

    private static final JavaClasses MAIN =
            new ClassFileImporter()
                    .withImportOption(where -> !where.contains(TESTS))
                    .importPackages("dev.driftledger");

    @TestFactory
    Stream<DynamicTest> imports_point_left() {
        return ORDER.stream()
                .map(name -> DynamicTest.dynamicTest(name, () -> checkImportsPointLeft(name)));
    }

    private static void checkImportsPointLeft(String name) {
        List<String> right = ORDER.subList(ORDER.indexOf(name) + 1, ORDER.size());
        noClasses()
                .that(in(name))
                .should()
                .dependOnClassesThat(describe("right of " + name, c -> right.contains(home(c))))
                .allowEmptyShould(true)
                .check(MAIN);
    }

    @TestFactory
    Stream<DynamicTest> pure_packages_import_only_what_is_pure() {
        return PURE.stream()
                .map(name ->
                        DynamicTest.dynamicTest(
                                name,
                                () ->
                                        classes()
                                                .that(in(name))
                                                .should()
                                                .onlyDependOnClassesThat(pure(name))
                                                .check(MAIN)));
    }

    @Test
    void pure_packages_read_no_clock() {
        noClasses()
                .that(describe("pure", c -> PURE.contains(home(c))))
                .should()
                .callMethodWhere(describe("reads a clock", ArchitectureTest::readsClock))
                .check(MAIN);
    }

    @Test
    void only_the_store_knows_sql() {
        noClasses()
                .that(describe("outside of store", c -> !home(c).equals("store")))
                .should()
                .dependOnClassesThat(
                        describe(
                                "JPA or Hibernate",
                                c ->
                                        c.getPackageName().startsWith("jakarta.persistence")
                                                || c.getPackageName().startsWith("org.hibernate")))
                .check(MAIN);
    }

    @Test
    void every_package_has_a_place() {
        assertThat(MAIN.stream().map(ArchitectureTest::home).distinct()).isSubsetOf(ORDER);
    }

    @Test
    void top_level_packages_are_acyclic() {
        slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(MAIN);
    }

    private static DescribedPredicate<JavaClass> in(String name) {
        return describe("in " + name, c -> home(c).equals(name));
    }

    @Test
    void only_rules_match_expressions_of_others() {
        noClasses()
                .that(describe("pure", c -> PURE.contains(home(c))))
                .and()
                .resideOutsideOfPackage(RULES + "..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(RULES_MAY_IMPORT + "..")
                .check(MAIN);
    }

    private static DescribedPredicate<JavaClass> pure(String name) {
        return describe(
                "pure",
                c ->
                        PURE.contains(home(c))
                                || allowed(c.getBaseComponentType())
                                || (name.equals("drift")
                                        && c.getPackageName().equals(RULES_MAY_IMPORT)));
    }

    private static boolean allowed(JavaClass type) {
        String name = type.getPackageName();
        return type.isPrimitive()
                || PURE_MAY_USE.contains(type.getName())
                || PURE_MAY_IMPORT.stream()
                        .anyMatch(x -> name.equals(x) || name.startsWith(x + "."));
    }

    private static boolean readsClock(JavaCall<?> call) {
        String owner = call.getTargetOwner().getName();
        return CLOCKS.contains(call.getName())
                && (owner.startsWith("java.time.") || owner.equals("java.lang.System"));
    }

    /// First part of the package below the root; empty for everything that is not ours.
    private static String home(JavaClass type) {
        String name = type.getBaseComponentType().getPackageName() + ".";
        int end = name.indexOf('.', ROOT.length());
        return name.startsWith(ROOT) && end > 0 ? name.substring(ROOT.length(), end) : "";
    }
}
