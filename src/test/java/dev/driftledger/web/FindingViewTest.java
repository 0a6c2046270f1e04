package dev.driftledger.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.driftledger.ledger.EntryType;
import dev.driftledger.store.Recorded;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FindingViewTest {
    private static FindingView finding(long index, String severity) {
        Recorded opened =
                Samples.entry(
                        index,
                        EntryType.FINDING_OPENED,
                        Samples.NOON,
                        Samples.deployment("cart"),
                        "{'finding':'f','class':'changed','state':'open','severity':'%s'}"
                                .formatted(severity));
        return FindingView.of(opened);
    }

    @Test
    void the_worst_come_first_and_equals_stay_as_they_came() {
        assertThat(
                        Stream.of(
                                        finding(9, "low"),
                                        finding(8, "critical"),
                                        finding(7, "of another version"),
                                        finding(6, "high"),
                                        finding(5, "critical"))
                                .sorted(FindingView.WORST_FIRST)
                                .map(FindingView::index))
                .containsExactly(8L, 5L, 6L, 9L, 7L);
    }
}
