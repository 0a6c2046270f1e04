package dev.driftledger.drift;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.service.BundledSchemas;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Compares what a real cluster really held with what git really said.
class ShopTest {
    private static final ShopObjects SHOP = new ShopObjects();
    private static final Schemas SCHEMAS =
            BundledSchemas.load()
                    .withCrd(ShopObjects.desired("billing", "CustomResourceDefinition"));

    @ParameterizedTest
    @CsvSource({
        "gateway, kubectl-client-side-apply",
        "billing, ci",
        "payments, kustomize-controller",
        "cart, argocd-controller",
        "catalog, argocd-controller"
    })
    void nothing_counts_while_nobody_touched_it(String application, String applier) {
        // Given
        String time = "14:48:29";
        List<String> counted = new ArrayList<>();

        // When
        for (ObjectNode desired : ShopObjects.desired(application)) {
            ObjectNode live = SHOP.live(desired, time);
            assertThat(live).as(desired.path("kind").asText()).isNotNull();
            Verdict verdict = compare(desired, live, applier, autoscalers(application, time));
            if (!(verdict instanceof Verdict.InSync)) {
                counted.add(desired.path("kind").asText() + ": " + verdict);
            }
        }

        // Then
        assertThat(counted).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "gateway, kubectl-client-side-apply, 14:48:29",
        "billing, ci, 14:48:29",
        "cart, argocd-controller, 14:48:29"
    })
    void certainty_is_that_of_the_schema(String application, String applier, String time) {
        for (ObjectNode desired : ShopObjects.desired(application)) {
            Verdict verdict = compare(desired, SHOP.live(desired, time), applier, List.of());

            assertThat(verdict)
                    .isInstanceOfSatisfying(
                            Verdict.InSync.class,
                            v -> assertThat(v.certainty()).isEqualTo(Verdict.Certainty.SCHEMA));
        }
    }

    @ParameterizedTest(name = "{0} {4}")
    @CsvSource({
        "E02, cart, Deployment, 14:48:35, spec.replicas, OVERLAY, HUMAN, LOW",
        "E03, cart, Deployment, 14:48:40, spec.template.spec.containers[cart].env[DEBUG],"
                + " OVERLAY, HUMAN, MEDIUM",
        "E04, cart, Deployment, 14:48:45, spec.template.spec.containers[cart].image, CHANGED,"
                + " HUMAN, HIGH",
        "E05, cart, Service, 14:48:52, spec.ports[15020/TCP], OVERLAY, HUMAN, HIGH",
        "E09, payments, StatefulSet, 14:49:45, spec.template.spec.containers[db].env[TRACE],"
                + " OVERLAY, HUMAN, MEDIUM",
        "E10, payments, Secret, 14:49:45, data.token, CHANGED, HUMAN, HIGH",
        "E14, gateway, Deployment, 14:50:33, spec.template.spec.containers[proxy].image, CHANGED,"
                + " UNKNOWN, HIGH",
        "E18, gateway, Deployment, 14:52:05,"
                + " spec.template.metadata.annotations[kubectl.kubernetes.io/restartedAt],"
                + " OVERLAY, UNKNOWN, LOW",
        "E19, billing, CronJob, 14:59:00, spec.suspend, CHANGED, HUMAN, MEDIUM",
        "E20, billing, Plan, 14:52:08, spec.price, CHANGED, HUMAN, MEDIUM",
        "E21, billing, Plan, 14:59:00, spec.quotas[vip], OVERLAY, HUMAN, MEDIUM",
        "E25, catalog, Service, 14:59:00, spec.selector.app, CHANGED, HUMAN, HIGH"
    })
    void what_a_human_did_is_found_with_its_owner(
            String id,
            String application,
            String kind,
            String time,
            String path,
            Difference.Kind sort,
            Owner.Type owner,
            Severity severity) {
        // Given
        ObjectNode desired = ShopObjects.desired(application, kind);
        ObjectNode live = SHOP.live(desired, time);

        // When
        Verdict verdict =
                compare(desired, live, applier(application), autoscalers(application, time));

        // Then
        assertThat(verdict).isInstanceOf(Verdict.Drifted.class);
        Difference found =
                ((Verdict.Drifted) verdict)
                        .differences().stream()
                                .filter(d -> d.path().equals(path))
                                .findFirst()
                                .orElseThrow(() -> new AssertionError(id + ": " + verdict));
        assertThat(found.kind()).isEqualTo(sort);
        assertThat(found.owner().type()).isEqualTo(owner);
        assertThat(found.severity()).isEqualTo(severity);
    }

    @ParameterizedTest
    @CsvSource({
        "cart, Deployment, 14:48:45, 3",
        "cart, Service, 14:48:52, 1",
        "payments, StatefulSet, 14:49:45, 1",
        "payments, Secret, 14:49:45, 1",
        "gateway, Deployment, 14:50:33, 1",
        "gateway, Deployment, 14:52:05, 2",
        "gateway, Deployment, 14:59:00, 1",
        "billing, CronJob, 14:59:00, 1",
        "billing, Plan, 14:52:08, 2",
        "billing, Plan, 14:59:00, 1",
        "catalog, Service, 14:59:00, 1"
    })
    void nothing_else_is_found(String application, String kind, String time, int count) {
        // Given
        ObjectNode desired = ShopObjects.desired(application, kind);

        // When
        Verdict verdict =
                compare(
                        desired,
                        SHOP.live(desired, time),
                        applier(application),
                        autoscalers(application, time));

        // Then
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Drifted.class,
                        v -> assertThat(v.differences()).as("%s", v).hasSize(count));
    }

    @Test
    void autoscaled_replicas_are_expected_until_a_human_sets_them() {
        // Given
        ObjectNode desired = ShopObjects.desired("cart", "Deployment");
        String time = "14:48:29";

        // When
        Verdict verdict =
                compare(
                        desired,
                        SHOP.live(desired, time),
                        "argocd-controller",
                        autoscalers("cart", time));

        // Then
        assertThat(((Verdict.InSync) verdict).notes())
                .anySatisfy(note -> {
                    assertThat(note.path()).isEqualTo("spec.replicas");
                    assertThat(note.kind()).isEqualTo(Difference.Kind.EXPECTED_DYNAMIC);
                });
    }

    @Test
    void ownership_is_erased_once_and_stays_unreliable() {
        // Given
        ObjectNode desired = ShopObjects.desired("gateway", "Deployment");
        List<ObjectNode> versions = SHOP.versions(desired, "14:59:00");

        // When
        int erasures = 0;
        for (int i = 1; i < versions.size(); i++) {
            if (Ownership.erased(versions.get(i - 1), versions.get(i))) {
                erasures++;
            }
        }

        // Then
        assertThat(erasures).isEqualTo(1);
        assertThat(Ownership.unreliable(versions.getFirst())).isFalse();
        assertThat(Ownership.unreliable(versions.getLast())).isTrue();
    }

    @Test
    void the_change_between_two_observations_names_the_writer() {
        // Given
        ObjectNode desired = ShopObjects.desired("cart", "Deployment");
        List<ObjectNode> versions = SHOP.versions(desired, "14:48:36");
        String path = "spec.replicas";

        // When
        Owner owner = Owner.UNKNOWN;
        for (int i = 1; i < versions.size(); i++) {
            ObjectNode before = versions.get(i - 1);
            ObjectNode after = versions.get(i);
            if (!before.at("/spec/replicas").equals(after.at("/spec/replicas"))) {
                owner = Attribution.between(before, after).writer(path, ManagerTable.builtIn());
            }
        }

        // Then
        assertThat(owner.type()).isEqualTo(Owner.Type.HUMAN);
        assertThat(owner.manager()).isEqualTo("kubectl");
        assertThat(owner.subresource()).isEqualTo("scale");
        assertThat(owner.evidence()).isEqualTo(Owner.Evidence.CHANGE);
    }

    private static Verdict compare(
            ObjectNode desired,
            @Nullable ObjectNode live,
            String applier,
            List<ObjectNode> related) {
        return Comparator.compare(
                new Comparison(
                        desired,
                        java.util.Objects.requireNonNull(live),
                        new Comparison.Background(List.of(), applier, related),
                        Comparison.Criteria.builtIn(SCHEMAS)));
    }

    private static List<ObjectNode> autoscalers(String application, String time) {
        if (!application.equals("cart")) {
            return List.of();
        }
        ObjectNode desired = ShopObjects.desired("cart", "HorizontalPodAutoscaler");
        ObjectNode live = SHOP.live(desired, time);
        return live == null ? List.of() : List.of(live);
    }

    private static String applier(String application) {
        return switch (application) {
            case "gateway" -> "kubectl-client-side-apply";
            case "billing" -> "ci";
            case "payments" -> "kustomize-controller";
            default -> "argocd-controller";
        };
    }
}
