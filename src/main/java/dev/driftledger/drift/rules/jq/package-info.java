/// jq path expressions, as much of the language as ignore rules need, with gojq's meaning. Text
/// comes in, the nodes that it selects in one object go out. It counts its steps and what it
/// builds, so that any expression ends in bounded time and memory with the same outcome each time;
/// it reads no clock, environment, file or further input.
@NullMarked
package dev.driftledger.drift.rules.jq;

import org.jspecify.annotations.NullMarked;
