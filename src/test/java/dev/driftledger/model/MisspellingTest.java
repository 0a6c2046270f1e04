package dev.driftledger.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MisspellingTest {
    @ParameterizedTest
    @CsvSource({
        "ignoreDifference, ignoreDifferences, true",
        "IgnoreDifferences, ignoreDifferences, true",
        "ignoreDiffs, ignoreDifferences, true",
        "ingoreDifferences, ignoreDifferences, true",
        "ignoreDifferences, ignoreDifferences, false",
        "ignore, ignoreDifferences, false",
        "project, ignoreDifferences, false",
        "info, ignoreDifferences, false",
        "ignored, ignore, true",
        "ignoreMissingComponents, ignore, false",
        "prune, ignore, false",
        "drift, driftDetection, false",
        "driftDetect, driftDetection, true",
        "orphanResources, orphanedResources, true",
        "a, ign, false"
    })
    void a_key_that_is_about_the_same_is_meant_for_another(
            String key, String meant, boolean misspelled) {
        assertThat(Misspelling.of(key, meant)).isEqualTo(misspelled);
    }
}
