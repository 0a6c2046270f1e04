package dev.driftledger.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PartTest {
    /// Rows with these names stand in databases: another spelling would leave them unread.
    @Test
    void parts_are_stored_under_the_names_that_databases_have() {
        assertThat(Arrays.stream(Part.values()).map(Part::label))
                .containsExactly(
                        "source",
                        "cluster",
                        "clock",
                        "config",
                        "watch",
                        "schema",
                        "resource",
                        "tombstone",
                        "application",
                        "list_part",
                        "member",
                        "tolerated",
                        "finding",
                        "audit");
    }

    @Test
    void every_part_is_found_by_the_name_under_which_it_is_stored() {
        for (Part each : Part.values()) {
            assertThat(Part.ofLabel(each.label())).isEqualTo(each);
        }
    }
}
