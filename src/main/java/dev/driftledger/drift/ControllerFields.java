package dev.driftledger.drift;

/// Fields that git names and a controller is known to take over.
final class ControllerFields {
    private ControllerFields() {}

    /// Whether a controller may change this field without that being drift: istiod turns
    /// `failurePolicy` to `Fail` once it is ready (argo-cd #25447).
    static boolean mayChange(String kind, String path) {
        return kind.endsWith("WebhookConfiguration")
                && PathPattern.matches("webhooks[].failurePolicy", path);
    }
}
