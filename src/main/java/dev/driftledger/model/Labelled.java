package dev.driftledger.model;

import java.util.Locale;

/// A constant as it is spelled in entries, events and answers: `FINAL_STATE` is `final-state`.
public interface Labelled {
    /// The constant's name in Java, given by every enum.
    String name();

    /// In lower case, with hyphens.
    default String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
