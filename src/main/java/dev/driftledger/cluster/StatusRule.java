package dev.driftledger.cluster;

import dev.driftledger.model.ResourceType;

/// Which part of an object's status is worth a new observation; the rest may change unseen.
enum StatusRule {
    /// Nothing of it.
    NONE,
    /// All of it: what reconcilers say about their applications.
    WHOLE,
    /// The address that a load balancer gave.
    LOAD_BALANCER("loadBalancer"),
    /// The image digests that containers really run.
    POD_IMAGES("containerStatuses", "initContainerStatuses", "ephemeralContainerStatuses"),
    /// How a volume or claim is bound.
    BINDING("phase", "capacity"),
    /// The names under which a custom resource is served.
    ACCEPTED_NAMES("acceptedNames");

    @SuppressWarnings("ImmutableEnumChecker") // filled once, never handed out
    private final JsonCursor.Keys members;

    StatusRule(String... members) {
        this.members = JsonCursor.Keys.of(members);
    }

    /// The rule for a type.
    static StatusRule of(ResourceType type) {
        if (type.group().equals("argoproj.io") || type.group().endsWith(".toolkit.fluxcd.io")) {
            return WHOLE;
        }
        return switch (type.group() + "/" + type.kind()) {
            case "/Service", "networking.k8s.io/Ingress" -> LOAD_BALANCER;
            case "/Pod" -> POD_IMAGES;
            case "/PersistentVolume", "/PersistentVolumeClaim" -> BINDING;
            case "apiextensions.k8s.io/CustomResourceDefinition" -> ACCEPTED_NAMES;
            default -> NONE;
        };
    }

    /// Whether the cursor stands at a member of status that counts.
    boolean counts(JsonCursor cursor) {
        return cursor.keyIsOneOf(members);
    }
}
