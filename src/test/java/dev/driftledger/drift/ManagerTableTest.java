package dev.driftledger.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManagerTableTest {
    @ParameterizedTest
    @CsvSource({
        "kubectl-edit, HUMAN",
        "kubectl, HUMAN",
        "k9s, HUMAN",
        "kube-controller-manager, CONTROLLER",
        "argocd-controller, RECONCILER",
        "kustomize-controller, RECONCILER",
        "helm, RECONCILER",
        "shop-operator, CONTROLLER",
        "something, UNKNOWN"
    })
    void known_managers_have_their_class(String manager, Owner.Type type) {
        assertThat(ManagerTable.builtIn().typeOf(manager)).isEqualTo(type);
    }

    @Test
    void a_users_rows_come_before_the_known_ones() {
        // Given
        ManagerTable table =
                ManagerTable.builtIn()
                        .with(new TreeMap<>(Map.of("ci", "reconciler", "kubectl-*", "admission")));

        // When, Then
        assertThat(table.typeOf("ci")).isEqualTo(Owner.Type.RECONCILER);
        assertThat(table.typeOf("kubectl-edit")).isEqualTo(Owner.Type.ADMISSION);
        assertThat(table.typeOf("kubectl")).isEqualTo(Owner.Type.HUMAN);
    }

    @Test
    void a_class_that_does_not_exist_is_refused_with_its_row() {
        assertThatThrownBy(() -> ManagerTable.builtIn().with(new TreeMap<>(Map.of("ci", "robot"))))
                .hasMessageContaining("'ci'")
                .hasMessageContaining("'robot'");
    }

    @Test
    void the_longest_beginning_decides_then_the_longest_end() {
        // Given
        ManagerTable table =
                ManagerTable.builtIn()
                        .with(
                                new TreeMap<>(
                                        Map.of(
                                                "a*", "human",
                                                "ab*", "controller",
                                                "*yz", "admission",
                                                "*z", "reconciler",
                                                "exact", "human")));

        // When, Then
        assertThat(table.rowOf("abyz")).isEqualTo("ab*");
        assertThat(table.rowOf("a")).isEqualTo("a*");
        assertThat(table.rowOf("xyz")).isEqualTo("*yz");
        assertThat(table.rowOf("xz")).isEqualTo("*z");
        assertThat(table.rowOf("exact")).isEqualTo("exact");
        assertThat(table.rowOf("kubectl-edit")).isEqualTo("kubectl*");
        assertThat(table.rowOf("something")).isNull();
        assertThat(table.rowOf("")).isNull();
        assertThat(table.typeOf("ab")).isEqualTo(Owner.Type.CONTROLLER);
        assertThat(table.typeOf("xz")).isEqualTo(Owner.Type.RECONCILER);
    }
}
