package dev.driftledger.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.driftledger.drift.Step;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Why a resource's verdict is what it is, computed again from what the log holds.
///
/// @param resource `group:kind:namespace:name`
/// @param application `<cluster uid>:reconciler:namespace:name`; null when none names it
/// @param verdict such as `drifted`
/// @param steps every rule that fired, in order
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
record ExplanationView(
        String resource, @Nullable String application, String verdict, List<StepView> steps) {
    ExplanationView {
        steps = List.copyOf(steps);
    }

    /// One rule that fired.
    ///
    /// @param path the field; null for the object as a whole
    /// @param stage `input`, `schema`, `value`, `default`, `owner`, `judgement` or `verdict`
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record StepView(@Nullable String path, String stage, String rule, String words) {
        static StepView of(Step step) {
            String path = step.path().isEmpty() ? null : step.path();
            return new StepView(path, step.stage().label(), step.rule(), step.words());
        }
    }

    /// The steps of one field that came one after the other.
    ///
    /// @param path empty for the object as a whole
    record Part(String path, List<StepView> steps) {
        /// Whether something was judged here.
        public boolean judged() {
            return steps.stream().anyMatch(step -> step.stage().equals("judgement"));
        }
    }

    /// The steps by field, in order.
    public List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        for (StepView step : steps) {
            String path = step.path() == null ? "" : step.path();
            if (parts.isEmpty() || !parts.getLast().path().equals(path)) {
                parts.add(new Part(path, new ArrayList<>()));
            }
            parts.getLast().steps().add(step);
        }
        return parts;
    }
}
