package dev.driftledger.drift;

import java.util.List;
import java.util.Set;

/// Metadata that is nobody's drift: what the server fills in, and the marks that tools set to find
/// their own objects again.
final class KnownMetadata {
    static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    /// The fields of `metadata` that are compared; all others identify or are the server's.
    static final List<String> COMPARED =
            List.of("annotations", "finalizers", "labels", "ownerReferences");

    private static final Set<String> MARKS =
            Set.of(
                    "argocd.argoproj.io/tracking-id",
                    "argocd.argoproj.io/installation-id",
                    "argocd.argoproj.io/instance",
                    "app.kubernetes.io/instance",
                    "app.kubernetes.io/managed-by",
                    "meta.helm.sh/release-name",
                    "meta.helm.sh/release-namespace",
                    "kustomize.toolkit.fluxcd.io/name",
                    "kustomize.toolkit.fluxcd.io/namespace",
                    "helm.toolkit.fluxcd.io/name",
                    "helm.toolkit.fluxcd.io/namespace");

    private KnownMetadata() {}

    /// Whether a label or annotation of an object is a tool's mark on its own objects.
    static boolean isMark(FieldPath path) {
        FieldPath map = path.outer();
        return map != null
                && map.depth() == 2
                && (map.endsWith("metadata", "labels") || map.endsWith("metadata", "annotations"))
                && MARKS.contains(path.text());
    }

    /// Whether the path is the copy of the manifest that client-side apply keeps.
    static boolean isLastApplied(FieldPath path) {
        return path.depth() == 3 && path.text().equals(LAST_APPLIED);
    }

    /// Whether the path is a label or annotation of the object itself.
    static boolean isOwnMetadata(FieldPath path) {
        FieldPath map = path.outer();
        return map != null
                && map.depth() == 2
                && map.outer() != null
                && map.outer().text().equals("metadata");
    }
}
