package dev.driftledger.drift.rules;

/// A rule that could not be used, or not as its author may think. What has a problem hides nothing
/// unless the message says otherwise.
///
/// @param rule the rule's id; the origin of the document when it is about the whole of it
/// @param message one sentence: what is wrong and what would be right
public record RuleProblem(String rule, String message) {}
