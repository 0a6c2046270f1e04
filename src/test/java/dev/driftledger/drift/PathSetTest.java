package dev.driftledger.drift;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PathSetTest {
    @Test
    void what_is_around_or_below_overlaps_and_what_only_begins_alike_does_not() {
        // Given
        PathSet paths = new PathSet(List.of("spec.a", "spec.list[b].c"));

        // When, Then
        assertThat(List.of("spec.a", "spec.a.b", "spec.a[b]", "spec", "spec.list", "spec.list[b]"))
                .allMatch(paths::overlaps);
        assertThat(List.of("spec.ab", "spe", "spec.list[b", "spec.list[b].cc", "x"))
                .noneMatch(paths::overlaps);
    }

    @Test
    @Tag("random")
    void it_says_what_a_look_at_every_path_would() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            List<String> paths = List.of(path(random), path(random), path(random));
            String path = path(random);
            assertThat(new PathSet(paths).overlaps(path))
                    .as("seed %d: %s in %s", seed, path, paths)
                    .isEqualTo(paths.stream().anyMatch(each -> overlap(each, path)));
        }
    }

    private static String path(Random random) {
        StringBuilder path = new StringBuilder("a");
        for (int i = random.nextInt(6); i > 0; i--) {
            path.append("ab.[]".charAt(random.nextInt(5)));
        }
        return path.toString();
    }

    private static boolean overlap(String one, String other) {
        String outer = one.length() <= other.length() ? one : other;
        String inner = one.length() <= other.length() ? other : one;
        boolean alike = one.equals(other);
        return alike
                || (inner.startsWith(outer) && ".[".indexOf(inner.charAt(outer.length())) >= 0);
    }
}
