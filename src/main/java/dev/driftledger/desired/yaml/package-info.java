/// YAML as Kubernetes reads it. Bytes of a manifest file come in; trees of JSON go out, one for
/// each document, the same that kubectl, Argo CD and Flux would send to an API server: YAML 1.1
/// with the habits of `sigs.k8s.io/yaml`. It reads nothing but the bytes it is given, builds no
/// objects of classes that a document names, and stops at its limits.
@NullMarked
package dev.driftledger.desired.yaml;

import org.jspecify.annotations.NullMarked;
