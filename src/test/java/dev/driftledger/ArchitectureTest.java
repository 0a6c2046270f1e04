package dev.driftledger;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.driftledger.model.Digest;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The rules of docs/architecture.md about packages, as a test.
class ArchitectureTest {
    private static final String ROOT = "dev.driftledger.";

    /// In the order in which data flows. A package may import only packages before it.
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

    /// No framework, no I/O, no clock, no Mutiny.
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

    private static final JavaClasses MAIN =
            new ClassFileImporter()
                    .importUrl(Digest.class.getProtectionDomain().getCodeSource().getLocation());

    @TestFactory
    Stream<DynamicTest> imports_point_left() {
        return each(
                ORDER,
                name -> {
                    List<String> right = ORDER.subList(ORDER.indexOf(name) + 1, ORDER.size());
                    noClasses()
                            .that(in(List.of(name)))
                            .should()
                            .dependOnClassesThat(in(right))
                            .allowEmptyShould(true)
                            .check(MAIN);
                });
    }

    @TestFactory
    Stream<DynamicTest> pure_packages_import_only_what_is_pure() {
        return each(
                PURE,
                name ->
                        classes()
                                .that(in(List.of(name)))
                                .should()
                                .onlyDependOnClassesThat(describe("are pure", c -> isPure(c)))
                                .allowEmptyShould(true)
                                .check(MAIN));
    }

    @Test
    void pure_packages_read_no_clock() {
        noClasses()
                .that(in(PURE))
                .should()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(java.time.Clock.class)
                .check(MAIN);
    }

    @Test
    void every_package_has_its_place() {
        assertThat(MAIN.stream().map(ArchitectureTest::home).distinct()).isSubsetOf(ORDER);
    }

    @Test
    void top_level_packages_are_acyclic() {
        slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(MAIN);
    }

    @Test
    void only_store_and_the_sandboxs_own_database_know_sql() {
        noClasses()
                .that(outside("store", "sandbox"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.sql..",
                        "jakarta.persistence..",
                        "org.hibernate..",
                        "io.vertx.sqlclient..",
                        "io.vertx.mutiny.sqlclient..",
                        "io.vertx.pgclient..")
                .check(MAIN);
    }

    @Test
    void only_web_and_hook_serve_http() {
        noClasses()
                .that(outside("web", "hook"))
                .should()
                .beAnnotatedWith("jakarta.ws.rs.Path")
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage("jakarta.ws.rs..")
                .check(MAIN);
    }

    @Test
    void only_intake_and_event_send_and_receive_over_kafka() {
        noClasses()
                .that(outside("intake", "event"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache.kafka.clients.producer..",
                        "org.apache.kafka.clients.consumer..",
                        "org.eclipse.microprofile.reactive.messaging..")
                .check(MAIN);
    }

    private static Stream<DynamicTest> each(
            List<String> names, java.util.function.Consumer<String> rule) {
        return names.stream()
                .map(name -> DynamicTest.dynamicTest(name, () -> rule.accept(name)));
    }

    private static DescribedPredicate<JavaClass> in(List<String> names) {
        return describe("are in " + names, c -> names.contains(home(c)));
    }

    private static DescribedPredicate<JavaClass> outside(String... names) {
        List<String> inside = Arrays.asList(names);
        return describe("are outside of " + inside, c -> !inside.contains(home(c)));
    }

    private static boolean isPure(JavaClass c) {
        JavaClass type = c.getBaseComponentType();
        String name = type.getPackageName();
        return type.isPrimitive()
                || PURE.contains(home(c))
                || PURE_MAY_IMPORT.stream()
                        .anyMatch(p -> name.equals(p) || name.startsWith(p + "."));
    }

    /// The package right below the root; empty for classes that are not ours.
    private static String home(JavaClass c) {
        String name = c.getBaseComponentType().getPackageName() + ".";
        if (!name.startsWith(ROOT)) {
            return "";
        }
        return name.substring(ROOT.length()).replaceFirst("\\..*", "");
    }
}
