package dev.driftledger.sandbox;

import java.time.Instant;

/// One thing that happened in the sandbox's scripted life.
///
/// @param number counts from 1, on across restarts
/// @param at when it was done
/// @param actor `alice` (the human), `dana` (who commits), `ci` or `platform`
/// @param did what, in words that follow the actor's name: `scales the Deployment cart to 5`
public record LifeStep(int number, Instant at, String actor, String did) {}
