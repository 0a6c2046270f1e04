package dev.driftledger.web;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// Settings of the HTTP side.
@ConfigMapping(prefix = "driftledger.web")
public interface WebConfig {
    /// Where `type` of a problem points to: the address of `docs/reference/problems.md` as it is
    /// published, without the fragment. Default: a path on this server.
    @WithDefault("/problems")
    String problemTypes();

    /// The longest range of time that one answer about coverage spans, in days; 1 to 3,660.
    @WithDefault("31")
    int coverageDaysMax();

    /// How many open findings the page of all applications counts by severity, at most.
    @WithDefault("1000")
    int findingsCountedMax();
}
