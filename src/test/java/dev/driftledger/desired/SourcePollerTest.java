package dev.driftledger.desired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.intake.IntakeCodec;
import dev.driftledger.intake.IntakeSink;
import dev.driftledger.intake.RecordTooLargeException;
import dev.driftledger.model.ApplicationId;
import dev.driftledger.model.ClusterRef;
import dev.driftledger.model.Digest;
import dev.driftledger.model.IgnoreRulesFile;
import dev.driftledger.model.IntakeRecord;
import dev.driftledger.model.ObjectBytes;
import dev.driftledger.model.RecorderConfig;
import dev.driftledger.model.ResourceKey;
import dev.driftledger.model.Revision;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SourcePollerTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final ObjectId ONE = ObjectId.fromString("1".repeat(40));
    private static final ObjectId TWO = ObjectId.fromString("2".repeat(40));

    private final Origin origin = new Origin();
    private final Memory sink = new Memory();
    private final SourcePoller poller = poller(null);

    private SourcePoller poller(@Nullable ObjectId recorded) {
        return new SourcePoller(
                new ClusterRef("c-1", "one"),
                new RecorderConfig.Application(
                        new ApplicationId("none", "shop", "cart"),
                        "repo",
                        "main",
                        "",
                        Duration.ofMinutes(1),
                        new RecorderConfig.AppliedBy(RecorderConfig.AppliedBy.Kind.HEAD, null)),
                origin,
                sink,
                InstantSource.fixed(NOW),
                recorded);
    }

    @Test
    void objects_precede_the_rendering_that_names_them_and_are_sent_once() throws Exception {
        origin.at(ONE, "a", "b");
        assertThat(poller.poll()).isTrue();
        assertThat(poller.poll()).isTrue();
        origin.at(TWO, "b", "c");
        poller.poll();
        assertThat(sink.kinds())
                .containsExactly(
                        "DesiredObject",
                        "DesiredObject",
                        "DesiredRendered",
                        "DesiredObject",
                        "DesiredRendered");
        IntakeRecord.DesiredRendered last = (IntakeRecord.DesiredRendered) sink.records.getLast();
        assertThat(last.revision().id()).isEqualTo(TWO.name());
        assertThat(last.rewritten()).isFalse();
        assertThat(last.resources()).extracting(r -> r.key().name()).containsExactly("b", "c");
    }

    @Test
    void ignore_rules_precede_the_rendering_that_names_them_and_are_sent_once() throws Exception {
        origin.rules = new IgnoreRulesFile(".driftledger.yaml", List.of(), List.of());
        origin.at(ONE);
        poller.poll();
        origin.at(TWO);
        poller.poll();

        assertThat(sink.kinds())
                .containsExactly("DesiredObject", "DesiredRendered", "DesiredRendered");
        IntakeRecord.DesiredObject rules = (IntakeRecord.DesiredObject) sink.records.getFirst();
        IntakeRecord.DesiredRendered last = (IntakeRecord.DesiredRendered) sink.records.getLast();
        assertThat(last.rules()).isEqualTo(rules.digest());
        assertThat(rules.digest()).isEqualTo(ObjectBytes.digest(rules.object()));
    }

    @Test
    void a_rewritten_history_is_said() throws Exception {
        origin.at(ONE, "a");
        poller.poll();
        origin.at(TWO, "a");
        origin.rewritten = true;
        poller.poll();
        assertThat(((IntakeRecord.DesiredRendered) sink.records.getLast()).rewritten()).isTrue();
    }

    @Test
    void a_history_that_was_rewritten_while_nobody_looked_is_said() throws Exception {
        origin.at(TWO, "a");
        origin.rewritten = true;
        poller(ONE).poll();
        assertThat(((IntakeRecord.DesiredRendered) sink.records.getLast()).rewritten()).isTrue();
    }

    @Test
    void the_head_that_is_recorded_is_sent_again_and_is_no_rewriting() throws Exception {
        origin.at(ONE, "a");
        origin.rewritten = true;
        poller(ONE).poll();
        assertThat(((IntakeRecord.DesiredRendered) sink.records.getLast()).rewritten()).isFalse();
    }

    @Test
    void a_source_that_is_away_is_stale_once_and_fresh_once() throws Exception {
        origin.at(ONE, "a");
        poller.poll();
        origin.broken = true;
        assertThat(poller.poll()).isFalse();
        assertThat(poller.poll()).isFalse();
        origin.broken = false;
        poller.poll();
        poller.poll();
        assertThat(sink.kinds())
                .containsExactly(
                        "DesiredObject", "DesiredRendered", "DesiredStale", "DesiredFresh");
        IntakeRecord.DesiredStale stale = (IntakeRecord.DesiredStale) sink.records.get(2);
        assertThat(stale.since()).isEqualTo(NOW);
        assertThat(stale.reason()).isEqualTo("away");
    }

    @Test
    void a_source_that_never_could_be_read_is_stale_since_never() throws Exception {
        origin.broken = true;
        poller.poll();
        assertThat(((IntakeRecord.DesiredStale) sink.records.getFirst()).since()).isNull();
    }

    @Test
    void what_did_not_become_durable_is_sent_again() throws Exception {
        origin.at(ONE, "a");
        for (int failing = 0; failing < 2; failing++) {
            sink.failing = failing;
            assertThatThrownBy(poller::poll).isInstanceOf(SourcePoller.SinkException.class);
        }
        sink.failing = -1;
        sink.records.clear();
        poller.poll();
        assertThat(sink.kinds()).containsExactly("DesiredObject", "DesiredRendered");
    }

    @Test
    void a_list_too_long_for_one_record_goes_before_in_parts_that_the_record_names()
            throws Exception {
        // Given
        String[] names = new String[6_000];
        for (int i = 0; i < names.length; i++) {
            names[i] = "n%05d".formatted(i);
        }
        origin.at(ONE, names);
        // When
        poller.poll();
        // Then
        List<IntakeRecord.DesiredResource> all = new ArrayList<>();
        List<Digest> digests = new ArrayList<>();
        for (IntakeRecord record : sink.records) {
            if (record instanceof IntakeRecord.DesiredPart part) {
                assertThat(IntakeCodec.encode(part).length).isLessThan(1 << 20);
                all.addAll(part.resources());
                digests.add(part.list());
            }
        }
        IntakeRecord.DesiredRendered last = (IntakeRecord.DesiredRendered) sink.records.getLast();
        assertThat(all).extracting(r -> r.key().name()).containsExactly(names);
        assertThat(digests).hasSizeGreaterThan(1);
        assertThat(last.parts()).isEqualTo(digests);
        assertThat(last.resources()).isEmpty();
    }

    @Test
    void a_revision_that_the_intake_refuses_for_its_size_is_stale_with_the_reason_once()
            throws Exception {
        // Given
        origin.at(ONE, "a");
        poller.poll();
        origin.at(TWO, "b");
        sink.refused = "DesiredObject";
        sink.records.clear();
        // When
        poller.poll();
        poller.poll();
        // Then
        assertThat(sink.kinds()).containsExactly("DesiredStale");
        assertThat(((IntakeRecord.DesiredStale) sink.records.getFirst()).reason())
                .isEqualTo(
                        "revision "
                                + TWO.name()
                                + " cannot be recorded: ConfigMap shop/b in a.yaml#1: too large");
    }

    @Test
    void a_refused_revision_is_followed_by_fresh_and_refused_anew() throws Exception {
        origin.at(ONE, "a");
        poller.poll();
        sink.refused = "DesiredRendered";
        origin.at(TWO, "b");
        poller.poll();
        origin.at(ONE, "a");
        poller.poll();
        origin.at(TWO, "b");
        poller.poll();
        assertThat(sink.kinds())
                .containsExactly(
                        "DesiredObject",
                        "DesiredRendered",
                        "DesiredObject",
                        "DesiredStale",
                        "DesiredFresh",
                        "DesiredObject",
                        "DesiredStale");
    }

    private static final class Origin implements SourcePoller.Source {
        private final Map<ObjectId, List<String>> commits = new TreeMap<>();
        private ObjectId head = ONE;
        private boolean broken;
        private boolean rewritten;
        private @Nullable IgnoreRulesFile rules;

        void at(ObjectId commit, String... names) {
            head = commit;
            commits.put(commit, List.of(names));
        }

        @Override
        public ObjectId fetch() throws SourceException {
            if (broken) {
                throw new SourceException("away", null);
            }
            return head;
        }

        @Override
        public boolean isAncestor(ObjectId older, ObjectId newer) {
            return !rewritten;
        }

        @Override
        public Rendering render(ObjectId commit) {
            List<Rendering.Manifest> manifests = new ArrayList<>();
            for (String name : commits.getOrDefault(commit, List.of())) {
                ObjectNode object = JsonNodeFactory.instance.objectNode().put("name", name);
                manifests.add(
                        new Rendering.Manifest(
                                new ResourceKey("", "ConfigMap", "shop", name),
                                "v1",
                                object,
                                ObjectBytes.digest(object),
                                "a.yaml#1"));
            }
            Revision revision = new Revision(commit.name(), null, null, "");
            Rendering rendering = new Rendering(revision, manifests, List.of());
            return rules == null ? rendering : rendering.with(rules);
        }
    }

    private static final class Memory implements IntakeSink {
        private final List<IntakeRecord> records = new ArrayList<>();
        private int failing = -1;
        private String refused = "";

        @Override
        public CompletionStage<Void> send(IntakeRecord record) {
            if (failing == 0) {
                return CompletableFuture.failedFuture(new IllegalStateException("full"));
            }
            failing = failing > 0 ? failing - 1 : failing;
            if (record.getClass().getSimpleName().equals(refused)) {
                return CompletableFuture.failedFuture(new RecordTooLargeException("too large"));
            }
            records.add(record);
            return CompletableFuture.completedFuture(null);
        }

        List<String> kinds() {
            return records.stream().map(r -> r.getClass().getSimpleName()).toList();
        }
    }
}
