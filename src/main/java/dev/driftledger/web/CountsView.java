package dev.driftledger.web;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/// How many resources of an application have which verdict.
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record CountsView(
        long inSync,
        long ignored,
        long drifted,
        long missing,
        long unmanaged,
        long extra,
        long pending,
        long unknown) {

    static CountsView of(Body counts) {
        return new CountsView(
                counts.count("inSync"),
                counts.count("ignored"),
                counts.count("drifted"),
                counts.count("missing"),
                counts.count("unmanaged"),
                counts.count("extra"),
                counts.count("pending"),
                counts.count("unknown"));
    }

    /// How many are in some way not as git says.
    public long apart() {
        return drifted + missing + unmanaged + extra;
    }
}
