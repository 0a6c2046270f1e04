package dev.driftledger.recorder;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.drift.Comparison;
import dev.driftledger.drift.Explanation;
import dev.driftledger.drift.Step;
import dev.driftledger.ledger.Entry;
import dev.driftledger.model.ApplicationId;
import dev.driftledger.model.Digest;
import dev.driftledger.model.ResourceKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Computes one verdict again from what a log holds, saying every rule that fires.
public final class Retelling {
    private Retelling() {}

    /// Which verdict.
    ///
    /// @param former what was applied before, newest first
    /// @param ruling the ignore rules in force; null when there were none
    public record Question(
            ApplicationId application,
            ResourceKey key,
            Digest desired,
            Digest live,
            List<Digest> former,
            @Nullable Ruling ruling) {
        public Question {
            former = List.copyOf(former);
        }
    }

    /// What is wrong with the ignore rules by which an application was judged, a step for each.
    ///
    /// @param ruling null when it had none
    public static List<Step> problems(
            ApplicationId application, @Nullable Ruling ruling, BlobSource blobs) {
        LogWalk walk = new LogWalk(blobs);
        walk.rule(application, ruling);
        return Step.problems(walk.criteria(application).rules());
    }

    /// The verdict and why; null when the content of either side is not stored.
    ///
    /// @param inForce the entries that tell what was in force, in the log's order: settings,
    ///     schemas, definitions, autoscalers, open findings of the resource
    public static @Nullable Explanation explain(
            Question question, List<Entry> inForce, BlobSource blobs) {
        LogWalk walk = new LogWalk(blobs);
        inForce.forEach(walk::follow);
        walk.rule(question.application(), question.ruling());
        ObjectNode desired = walk.object(question.desired());
        ObjectNode live = walk.object(question.live());
        if (desired == null || live == null) {
            return null;
        }
        List<ObjectNode> former = new ArrayList<>();
        for (Digest digest : question.former()) {
            ObjectNode object = walk.object(digest);
            if (object != null) {
                former.add(object);
            }
        }
        return Explanation.of(
                new Comparison(
                        desired,
                        live,
                        new Comparison.Background(
                                        former.subList(
                                                0,
                                                Math.min(
                                                        former.size(),
                                                        walk.limits().formerCount())),
                                        walk.applier(question.application()),
                                        walk.scalers(question.key()))
                                .by(walk.authors(question.application(), question.key())),
                        walk.criteria(question.application())));
    }
}
