package dev.driftledger.recorder;

import dev.driftledger.model.ApplicationId;
import org.jspecify.annotations.Nullable;

/// Tells whether enough was watched to judge.
final class Observation {
    static final String NOT_YET = "not observed yet";
    private static final MemberIndex.Kind SCALERS =
            new MemberIndex.Kind("autoscaling", "HorizontalPodAutoscaler");

    private Observation() {}

    /// Whether every kind that the application's judgement involves has been watched, or was found
    /// not to be watchable. Autoscalers are involved always.
    static boolean ready(RecorderState state, ApplicationId application) {
        Row.Clock clock = state.clock();
        if (clock == null || clock.scope() == null) {
            return false;
        }
        for (MemberIndex.Kind kind : state.members().kinds(application)) {
            if (fresh(state.watch(kind))) {
                return false;
            }
        }
        return !fresh(state.watch(SCALERS));
    }

    private static boolean fresh(Row.@Nullable Watch watch) {
        return watch != null && !watch.started() && watch.reason() == null;
    }

    static boolean involvesAll(MemberIndex.Kind kind) {
        return kind.equals(SCALERS);
    }

    /// Why nothing can be said of live objects of the kind; null when something can.
    static @Nullable String obstacle(RecorderState state, MemberIndex.Kind kind) {
        Row.Watch watch = state.watch(kind);
        if (watch == null) {
            return "kind "
                    + SafeJson.text(kind.kind())
                    + " of group '"
                    + SafeJson.text(kind.group())
                    + "' is not watched in this cluster";
        }
        return watch.reason() == null ? null : "not observed: " + watch.reason();
    }
}
