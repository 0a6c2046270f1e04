package dev.driftledger.recorder;

import dev.driftledger.ledger.EntryType;
import dev.driftledger.model.Delivery;
import dev.driftledger.model.Digest;
import dev.driftledger.model.IntakeOrigin;
import dev.driftledger.model.IntakeRecord;
import dev.driftledger.model.IntakeRecord.HookReceived;
import dev.driftledger.model.IntakeRecord.Malformed;
import dev.driftledger.model.IntakeRecord.ObjectObserved;
import dev.driftledger.model.IntakeRecord.ObjectUnreadable;
import dev.driftledger.model.ObjectBytes;
import dev.driftledger.model.ResourceKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Decides what an intake record means.
///
/// A function of the state, the record, its time and content looked up by digest: the same inputs
/// give the same entries, byte for byte, and the same new state.
public final class Recorder {
    /// The version of the rules by which is decided; entries name it.
    public static final String ENGINE_VERSION = "0.6.0";

    private Recorder() {}

    /// Takes one record in. Changes the state as the decision says; when the decision cannot be
    /// stored, discard the state and load it again.
    ///
    /// Never throws for any record: one that cannot be dealt with becomes an entry that says so,
    /// names the bytes it was read from, and changes nothing else. Only a
    /// [BlobSource.UnavailableException] passes through.
    ///
    /// @param delivery where its time is before the state's last time, that time counts
    /// @param blobs finds everything that earlier decisions kept, also when not yet stored
    public static Decision decide(RecorderState state, Delivery delivery, BlobSource blobs) {
        IntakeRecord record = delivery.record();
        Instant recordedAt = delivery.recordedAt();
        Draft draft = new Draft(state, record, recordedAt, blobs);
        try {
            named(draft, record);
            CoverageStep.bridge(draft, record);
            step(draft, record);
            conclude(draft, record);
            return draft.finish();
        } catch (BlobSource.UnavailableException e) {
            draft.undo();
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            draft.undo();
            return poison(new Draft(state, record, recordedAt, blobs), delivery, e);
        }
    }

    /// Remembers what the cluster is called, for records that do not say it.
    private static void named(Draft draft, IntakeRecord record) {
        String name = record.cluster().name();
        if (!(record instanceof Malformed) && !name.equals(draft.state().name())) {
            draft.put(Part.CLUSTER, Part.SINGLE, new Row.Name(name));
        }
    }

    private static Decision poison(Draft draft, Delivery delivery, Throwable failure) {
        IntakeRecord record = delivery.record();
        IntakeOrigin origin = delivery.origin();
        if (record instanceof ObjectObserved seen) {
            try {
                return poisonObject(draft, seen, origin, failure);
            } catch (BlobSource.UnavailableException e) {
                draft.undo();
                throw e;
            } catch (RuntimeException | StackOverflowError _) {
                draft.undo();
            }
        }
        Draft bare = draft.again();
        CoverageStep.bridge(bare);
        malformed(
                bare,
                new Malformed(
                        record.cluster(),
                        record.observedAt(),
                        origin.digest(),
                        origin.sizeBytes(),
                        reason(failure),
                        origin.place()));
        Clocks.tick(bare);
        return bare.finish();
    }

    /// In our own words, because what the JVM says of the same failure depends on its version.
    private static String reason(Throwable failure) {
        return failure instanceof RefusedException refused
                ? refused.reason()
                : "the rules fail on it, which is a defect of this version";
    }

    private static void step(Draft draft, IntakeRecord record) {
        switch (record) {
            case ObjectObserved news -> ObjectStep.observed(draft, news);
            case IntakeRecord.ObjectDeleted news -> ObjectStep.deleted(draft, news);
            case ObjectUnreadable news -> ObjectStep.unreadable(draft, news);
            case IntakeRecord.WatchStarted news -> CoverageStep.started(draft, news);
            case IntakeRecord.WatchGap news -> CoverageStep.gap(draft, news);
            case IntakeRecord.TypeUnavailable news -> CoverageStep.unavailable(draft, news);
            case IntakeRecord.Heartbeat news -> CoverageStep.heartbeat(draft, news);
            case IntakeRecord.Scope news -> CoverageStep.scope(draft, news);
            case IntakeRecord.SchemaObserved news -> SchemaStep.observed(draft, news);
            case IntakeRecord.ConfigChanged news -> ConfigStep.changed(draft, news);
            case IntakeRecord.DesiredObject news -> DesiredStep.object(draft, news);
            case IntakeRecord.DesiredPart news -> ListParts.arrived(draft, news);
            case IntakeRecord.DesiredRendered news -> DesiredStep.rendered(draft, news);
            case IntakeRecord.DesiredStale news -> DesiredStep.stale(draft, news);
            case IntakeRecord.DesiredFresh news -> DesiredStep.fresh(draft, news);
            case IntakeRecord.AuditObserved news -> Audits.observe(draft, news);
            case HookReceived news -> hook(draft, news);
            case IntakeRecord.InstanceStarted news -> CoverageStep.started(draft, news);
            case IntakeRecord.InstanceStopped news -> CoverageStep.stopped(draft, news);
            case Malformed news -> malformed(draft, news);
        }
    }

    private static void conclude(Draft draft, IntakeRecord record) {
        if (record instanceof IntakeRecord.Heartbeat) {
            timePassed(draft);
        }
        RuleStep.review(draft, record);
        Snapshots.summarize(draft);
        if (!draft.empty() || record instanceof IntakeRecord.Heartbeat) {
            Clocks.tick(draft);
        }
    }

    private static void timePassed(Draft draft) {
        for (ApplicationRow row : List.copyOf(draft.state().applications().values())) {
            Applications.overdue(draft, row.id());
        }
        if (Clocks.of(draft).beatAt(draft.now())) {
            RuleStep.expire(draft);
        }
        Snapshots.stirred(draft);
        Findings.forget(draft);
        Freshness.forget(draft);
        Row.Settings settings = draft.state().settings();
        Duration interval = settings == null ? Duration.ZERO : settings.config().snapshotInterval();
        if (interval.isPositive()) {
            Snapshots.interval(draft, interval);
        }
    }

    private static void hook(Draft draft, HookReceived news) {
        byte[] bytes = ObjectBytes.of(news.body());
        Statement statement =
                new Statement(EntryType.HOOK_RECEIVED, Statement.Source.RECORDER)
                        .digest("record", Digest.of(bytes))
                        .blob(draft.keep("application/json", bytes));
        statement
                .body()
                .put("source", SafeJson.text(news.source()))
                .put("path", SafeJson.text(news.path()))
                .put("sizeBytes", bytes.length);
        draft.write(statement);
    }

    private static void malformed(Draft draft, Malformed news) {
        Statement statement =
                new Statement(EntryType.INTAKE_MALFORMED, Statement.Source.RECORDER)
                        .digest("record", news.digest());
        statement
                .body()
                .put("problem", SafeJson.text(news.problem()))
                .put("sizeBytes", news.sizeBytes())
                .put("origin", SafeJson.text(news.origin()));
        draft.write(statement);
    }

    /// The entry of an object on which the recorder's own rules fail. It is unknown from now on.
    ///
    /// @throws RefusedException when it has not even a name
    private static Decision poisonObject(
            Draft draft, ObjectObserved seen, IntakeOrigin origin, Throwable failure) {
        CoverageStep.bridge(draft);
        ResourceKey key = Contents.key(seen.resourceType(), seen.object());
        ObjectUnreadable news =
                new ObjectUnreadable(
                        seen.cluster(),
                        seen.observedAt(),
                        seen.resourceType(),
                        key,
                        origin.digest(),
                        origin.sizeBytes(),
                        reason(failure));
        ObjectStep.unreadable(draft, news);
        RuleStep.review(draft, news);
        Snapshots.summarize(draft);
        Clocks.tick(draft);
        return draft.finish();
    }
}
