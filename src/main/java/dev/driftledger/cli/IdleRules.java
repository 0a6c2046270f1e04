package dev.driftledger.cli;

import dev.driftledger.desired.LocalManifests.Flaw;
import dev.driftledger.desired.LocalManifests.Located;
import dev.driftledger.drift.rules.Rule;
import dev.driftledger.drift.rules.RuleSet;
import dev.driftledger.model.ResourceKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/// Ignore rules that do nothing to the objects of some files: whoever wrote one may have meant
/// another kind, name or path. In a service other objects may come, so there it is no problem.
final class IdleRules {
    private IdleRules() {}

    /// A note for each rule that is about no object, or hides nothing of those it is about and does
    /// not fail on one, in the order of the rules.
    static List<Flaw> of(
            RuleSet rules,
            Map<ResourceKey, Located> desired,
            Map<ResourceKey, Located> live,
            List<FileComparison.Row> rows) {
        Set<String> about = new HashSet<>();
        Set<ResourceKey> keys = new TreeSet<>(desired.keySet());
        keys.addAll(live.keySet());
        for (ResourceKey key : keys) {
            Located wanted = desired.get(key);
            Located found = live.get(key);
            Located one = Objects.requireNonNull(wanted == null ? found : wanted);
            Located other = found == null ? one : found;
            rules.about(one.object(), other.object()).forEach(each -> about.add(each.id()));
        }
        Set<String> active = new HashSet<>();
        for (FileComparison.Row row : rows) {
            row.judgement().hidings().forEach(each -> active.add(each.rule()));
            row.judgement().problems().forEach(each -> active.add(each.rule()));
        }
        List<Flaw> notes = new ArrayList<>();
        for (Rule rule : rules.written()) {
            if (!active.contains(rule.id())) {
                boolean met = about.contains(rule.id());
                String idle = met ? " hides nothing here" : " is about no object here";
                notes.add(new Flaw(rule.origin(), 0, "rule " + rule.id() + idle));
            }
        }
        return notes;
    }
}
