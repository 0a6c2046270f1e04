package dev.driftledger.drift;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathPatternTest {
    @ParameterizedTest
    @CsvSource({
        "spec.replicas, spec.replicas",
        "spec.*, spec.replicas",
        "*.replicas, spec.replicas",
        "spec.rep*, spec.replicas",
        "spec.ports[], spec.ports[80/TCP]",
        "spec.ports[80*], spec.ports[80/TCP]",
        "spec.ports[*], spec.ports[80/TCP]",
        "metadata.labels[a.b/*], metadata.labels[a.b/c.d]",
        "**, spec",
        "**, ''",
        "spec**, spec",
        "spec**, spec.a[b].c",
        "spec.**, spec.a[b].c",
        "**.image, spec.containers[c].image",
        "**ontainers[].image, spec.initContainers[c].image",
        "**.a.**.z, x.a.b.c.z",
        "spec.**[x].**, spec.a[x].b",
        "a[], a[]",
        "**a**ab, xaabab",
        "**[]**[x], a[b].c[x][x]",
        "**.*.z, a.b.z.z"
    })
    void fits(String pattern, String path) {
        assertThat(PathPattern.matches(pattern, path)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "spec.replicas, spec.replica",
        "spec.replica, spec.replicas",
        "spec.*, spec.a.b",
        "spec.*, spec.a[b]",
        "spec.ports[], spec.ports",
        "spec.ports[], spec.ports.a",
        "spec.ports[], spec.ports[80].name",
        "spec.ports[80*], spec.ports[81]",
        "metadata.labels[a.b/*], metadata.labels[a.c/d]",
        "**.image, image",
        "**.image, spec.images",
        "spec.**, spec",
        "a[], a[x",
        "'', a",
        "a, ''"
    })
    void does_not_fit(String pattern, String path) {
        assertThat(PathPattern.matches(pattern, path)).isFalse();
    }

    /// Trying every place for every `**` would take longer than anybody waits.
    @Test
    void many_stars_cost_no_more_than_few() {
        // Given
        String pattern = "**a".repeat(20) + "**b";
        String path = "a".repeat(5_000);

        // When, Then
        assertThat(PathPattern.matches(pattern, path)).isFalse();
        assertThat(PathPattern.matches(pattern, path + "b")).isTrue();
    }
}
