package dev.driftledger.recorder;

import dev.driftledger.drift.Schemas;
import dev.driftledger.ledger.Entry;
import dev.driftledger.ledger.EntryType;
import dev.driftledger.model.ApplicationId;
import dev.driftledger.model.Digest;
import dev.driftledger.model.IntakeRecord.SchemaObserved;
import dev.driftledger.model.ObjectBytes;
import java.util.List;

/// What happens when the cluster's schemas change.
final class SchemaStep {
    private SchemaStep() {}

    static void observed(Draft draft, SchemaObserved seen) {
        byte[] bytes = ObjectBytes.of(seen.document());
        Digest digest = Digest.of(bytes);
        Row.Schema row = new Row.Schema(SafeJson.text(seen.contentHash()), digest);
        Row.Schema old = draft.state().schemas().get(seen.path());
        if (row.equals(old)) {
            return;
        }
        SchemaSet set = draft.state().schemaSet();
        Schemas before = set.made();
        draft.put(Part.SCHEMA, seen.path(), row);
        set.replace(before == null ? null : before.with(seen.path(), seen.document()));
        if (old != null && old.digest().equals(digest)) {
            return;
        }
        Entry.BlobRef blob = draft.keep("application/json", bytes);
        Statement statement =
                new Statement(EntryType.SCHEMA_OBSERVED, Statement.Source.WATCH)
                        .digest("schema", digest)
                        .blob(blob);
        statement
                .body()
                .put("path", SafeJson.text(seen.path()))
                .put("contentHash", SafeJson.text(seen.contentHash()));
        draft.write(statement);
        changed(draft, seen.path());
    }

    /// Judges everything again that is compared by the document `api/v1` or `apis/<group>/<v>`.
    private static void changed(Draft draft, String path) {
        String apiVersion = path.substring(path.indexOf('/') + 1);
        for (ApplicationId application : List.copyOf(draft.state().applications().keySet())) {
            for (Row.Member member : draft.state().members().of(application)) {
                if (member.apiVersion().equals(apiVersion)) {
                    judge(draft, member);
                }
            }
        }
    }

    /// Judges all resources of a kind again, because its definition changed.
    static void kindChanged(Draft draft, String group, String kind) {
        MemberIndex.Kind changed = new MemberIndex.Kind(group, kind);
        for (ApplicationId application : draft.state().members().withKind(changed)) {
            for (Row.Member member : draft.state().members().of(application)) {
                if (MemberIndex.Kind.of(member.key()).equals(changed)) {
                    judge(draft, member);
                }
            }
        }
    }

    private static void judge(Draft draft, Row.Member member) {
        if (Observation.ready(draft.state(), member.application())) {
            Judge.member(draft, member, new Cause.Other("schema changed"));
        }
    }
}
