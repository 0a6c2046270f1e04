package dev.driftledger.cluster;

import static org.awaitility.Awaitility.await;

import dev.driftledger.intake.IntakeSink;
import dev.driftledger.model.IntakeRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/// A sink in memory that keeps every record, in order.
final class CollectedRecords implements IntakeSink {
    private final List<IntakeRecord> records = new ArrayList<>();

    @Override
    public synchronized CompletionStage<Void> send(IntakeRecord record) {
        records.add(record);
        return CompletableFuture.completedFuture(null);
    }

    synchronized List<IntakeRecord> all() {
        return List.copyOf(records);
    }

    <T extends IntakeRecord> List<T> of(Class<T> type) {
        return all().stream().filter(type::isInstance).map(type::cast).toList();
    }

    <T extends IntakeRecord> List<T> of(Class<T> type, Predicate<T> wanted) {
        return of(type).stream().filter(wanted).toList();
    }

    <T extends IntakeRecord> T awaitOne(Class<T> type, Predicate<T> wanted) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> !of(type, wanted).isEmpty());
        return of(type, wanted).getFirst();
    }

    IntakeRecord.ObjectObserved awaitObject(String kind, String name) {
        return awaitOne(
                IntakeRecord.ObjectObserved.class,
                o ->
                        o.resourceType().kind().equals(kind)
                                && o.object().at("/metadata/name").asText().equals(name));
    }

    /// Name and version of every object seen, `name@version`, in order.
    List<String> observed() {
        return of(IntakeRecord.ObjectObserved.class).stream()
                .map(o ->
                        o.object().at("/metadata/name").asText()
                                + "@"
                                + o.object().at("/metadata/resourceVersion").asText())
                .toList();
    }
}
