package dev.driftledger.drift;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.testkit.Manifests;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AutoscalerRangeTest {
    private static final ObjectNode TARGET =
            Manifests.one("{kind: Deployment, metadata: {namespace: n, name: a}}");

    @ParameterizedTest
    @CsvSource({
        "HorizontalPodAutoscaler, n, Deployment, a, true",
        "ScaledObject, n, Deployment, a, false",
        "HorizontalPodAutoscaler, m, Deployment, a, false",
        "HorizontalPodAutoscaler, n, StatefulSet, a, false",
        "HorizontalPodAutoscaler, n, Deployment, b, false"
    })
    void it_is_for_its_target_alone(
            String kind, String namespace, String target, String name, boolean found) {
        // Given
        ObjectNode scaler = scaler(kind, namespace, target, name, "minReplicas: 2, maxReplicas: 4");

        // When
        AutoscalerRange range = AutoscalerRange.of(List.of(scaler), TARGET);

        // Then
        assertThat(range).isEqualTo(found ? new AutoscalerRange(2, 4) : null);
    }

    @Test
    void the_least_is_one_where_nothing_is_said() {
        ObjectNode scaler = scaler("HorizontalPodAutoscaler", "n", "Deployment", "a", "x: 1");
        assertThat(AutoscalerRange.of(List.of(scaler), TARGET))
                .isEqualTo(new AutoscalerRange(1, 1));
    }

    @Test
    void its_bounds_are_in_it_and_only_whole_numbers() {
        AutoscalerRange range = new AutoscalerRange(2, 4);
        assertThat(range.holds(IntNode.valueOf(1))).isFalse();
        assertThat(range.holds(IntNode.valueOf(2))).isTrue();
        assertThat(range.holds(IntNode.valueOf(4))).isTrue();
        assertThat(range.holds(IntNode.valueOf(5))).isFalse();
        assertThat(range.holds(DoubleNode.valueOf(3.5))).isFalse();
    }

    private static ObjectNode scaler(
            String kind, String namespace, String target, String name, String range) {
        return Manifests.one(
                """
                {kind: %s, metadata: {namespace: %s}, spec: {%s,
                 scaleTargetRef: {kind: %s, name: %s}}}
                """
                        .formatted(kind, namespace, range, target, name));
    }
}
