package dev.driftledger.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.driftledger.ledger.Entry;
import dev.driftledger.ledger.EntryType;
import dev.driftledger.model.Rfc3339;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// Compares a log with what is known to be true; each difference fails the test.
public final class LogJudge {
    private static final Set<EntryType> PUBLISHED =
            EnumSet.of(
                    EntryType.FINDING_OPENED,
                    EntryType.FINDING_UPDATED,
                    EntryType.FINDING_RESOLVED,
                    EntryType.EFFECT_OBSERVED,
                    EntryType.SYNC_RECORDED,
                    EntryType.GAP);
    private static final String CONFIG_MAPS = "/api/v1/configmaps";

    private final List<Entry> entries;

    private LogJudge(List<Entry> entries) {
        this.entries = entries;
    }

    /// Waits until the log has a version that was written last, signed, and reads all of it.
    public static LogJudge of(ServedLog log, ClusterLoad.Version last) {
        List<Entry> all = new ArrayList<>();
        ServiceLab.await("entry of " + last)
                .until(() -> {
                    all.clear();
                    all.addAll(log.entries());
                    return all.stream().anyMatch(entry -> is(entry, last));
                });
        return new LogJudge(List.copyOf(all));
    }

    /// The entries read.
    public List<Entry> entries() {
        return entries;
    }

    /// Entries of one type.
    public List<Entry> entries(EntryType type) {
        return entries.stream().filter(entry -> entry.type() == type).toList();
    }

    /// Every acknowledged version is there, but for times that a gap entry names.
    public LogJudge hasAll(List<ClusterLoad.Version> acknowledged) {
        Set<String> seen = new HashSet<>();
        for (Entry entry : entries(EntryType.OBJECT_OBSERVED)) {
            seen.add(id(entry));
        }
        List<ClusterLoad.Version> absent =
                acknowledged.stream()
                        .filter(v -> !seen.contains(v.uid() + "/" + v.resourceVersion()))
                        .filter(v -> !isInGap(v))
                        .toList();
        assertThat(absent).as("acknowledged versions that are not in the log").isEmpty();
        return this;
    }

    /// The log's last word on every object is what the API server has.
    public LogJudge endsAt(Map<String, ClusterLoad.Version> present) {
        Map<String, String> last = new HashMap<>();
        for (Entry entry : entries) {
            Entry.Subject subject = entry.subject();
            if (subject == null || !subject.name().startsWith("load-")) {
                continue;
            }
            if (entry.type() == EntryType.OBJECT_OBSERVED) {
                last.put(subject.name(), id(entry));
            } else if (entry.type() == EntryType.OBJECT_DELETED) {
                last.remove(subject.name());
            }
        }
        Map<String, String> want = new HashMap<>();
        present.values().forEach(v -> want.put(v.name(), v.uid() + "/" + v.resourceVersion()));
        assertThat(last).isEqualTo(want);
        return this;
    }

    /// No version twice, and versions of one object only grow.
    public LogJudge isOrderedWithoutDuplicates() {
        Map<String, Long> newest = new HashMap<>();
        for (Entry entry : entries(EntryType.OBJECT_OBSERVED)) {
            Entry.Subject subject = Objects.requireNonNull(entry.subject());
            long version = Long.parseLong(String.valueOf(subject.resourceVersion()));
            Long before = newest.put(String.valueOf(subject.uid()), version);
            assertThat(before == null || before < version)
                    .as("%s after %s", subject, before)
                    .isTrue();
        }
        assertThat(entries.stream().map(Entry::id)).doesNotHaveDuplicates();
        return this;
    }

    /// Everything that is to be published arrives in the topic: at least once, in order of first
    /// arrival, and again only as the same.
    public LogJudge isPublished(TopicReading topics) {
        Set<String> want = new HashSet<>();
        entries.stream()
                .filter(entry -> PUBLISHED.contains(entry.type()))
                .forEach(entry -> want.add(entry.id()));
        List<TopicReading.Event> events = new ArrayList<>();
        ServiceLab.await("drift events")
                .until(() -> {
                    events.clear();
                    events.addAll(topics.drift());
                    Set<String> ids = new HashSet<>();
                    events.forEach(event -> ids.add(event.id()));
                    return ids.containsAll(want);
                });
        inOrder(events);
        return this;
    }

    private static void inOrder(List<TopicReading.Event> events) {
        Map<String, TopicReading.Event> first = new HashMap<>();
        Map<String, Long> sequences = new HashMap<>();
        for (TopicReading.Event event : events) {
            TopicReading.Event before = first.putIfAbsent(event.id(), event);
            if (before == null) {
                Long sequence = sequences.put(event.key(), event.sequence());
                assertThat(sequence == null || sequence < event.sequence())
                        .as("%s first came after %s", event, sequence)
                        .isTrue();
            } else {
                assertThat(event).isEqualTo(before);
            }
        }
    }

    /// Whether a gap whose changes nobody can see any more covers it; other gaps lose nothing.
    private boolean isInGap(ClusterLoad.Version version) {
        return entries(EntryType.GAP).stream()
                .map(gap -> Objects.requireNonNull(gap.body()))
                .filter(gap -> gap.path("cause").asText().equals("expired"))
                .filter(gap -> gap.path("types").toString().contains(CONFIG_MAPS))
                .anyMatch(gap ->
                        Rfc3339.parse(gap.path("from").asText()).isBefore(version.answeredAt())
                                && Rfc3339.parse(gap.path("to").asText())
                                        .isAfter(version.answeredAt()));
    }

    private static boolean is(Entry entry, ClusterLoad.Version version) {
        return entry.type() == EntryType.OBJECT_OBSERVED
                && id(entry).equals(version.uid() + "/" + version.resourceVersion());
    }

    private static String id(Entry entry) {
        Entry.Subject subject = entry.subject();
        return subject == null ? "" : subject.uid() + "/" + subject.resourceVersion();
    }
}
