package dev.driftledger.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// Who wrote a value, and what says so.
///
/// @param user the Kubernetes user of an audit event; null when there was none, never guessed
/// @param evidence `audit`, `change`, `final-state` or `none`
@JsonInclude(JsonInclude.Include.NON_NULL)
record OwnerView(
        @Schema(
                        implementation = String.class,
                        enumeration = {"human", "controller", "reconciler", "admission", "unknown"})
                Mark type,
        @Nullable String manager,
        @Nullable String operation,
        @Nullable String subresource,
        @Nullable Stamp time,
        @Nullable String user,
        String evidence) {

    static OwnerView of(Body owner) {
        String type = owner.text("type");
        String evidence = owner.text("evidence");
        return new OwnerView(
                Mark.owner(type.isEmpty() ? "unknown" : type),
                owner.textOrNull("manager"),
                owner.textOrNull("operation"),
                owner.textOrNull("subresource"),
                owner.stamp("time"),
                owner.textOrNull("user"),
                evidence.isEmpty() ? "none" : evidence);
    }

    /// Who it is in one word: the audit user, else the field manager.
    public String shortName() {
        if (user != null) {
            return user;
        }
        return manager == null ? "nobody can be named" : manager;
    }

    /// What the statement rests on, as a sentence.
    public String evidenceWords() {
        return switch (evidence) {
            case "audit" -> "a Kubernetes audit event names the user";
            case "change" -> "the change between two consecutive observations";
            case "final-state" -> "the field's owner in the final state (managedFields)";
            default -> "nothing that was observed names an author";
        };
    }
}
