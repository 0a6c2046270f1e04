/// Defaults that the API server fills in from Go code and not from a schema (kubernetes/kubernetes
/// pkg/apis/*/defaults.go), as reviewable tables: one class per family of kinds, one row per field,
/// by the name of the schema type in which the field stands. Defaults differ between API versions;
/// the type's name carries the version. Nodes come in, a value goes out; nothing is changed.
@NullMarked
package dev.driftledger.drift.defaults;

import org.jspecify.annotations.NullMarked;
