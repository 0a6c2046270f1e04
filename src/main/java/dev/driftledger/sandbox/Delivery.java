package dev.driftledger.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// The shop's "CI": applies an application's folder at the head of the repository with server-side
/// apply, as user `ci` and field manager `ci`. It never prunes, and passes over files that it
/// cannot read.
final class Delivery {
    static final String MANAGER = "ci";

    private static final int ESTABLISH_TRIES = 100;
    private static final long ESTABLISH_PAUSE_MS = 100;

    private final Shop shop;
    private final KubeUser ci;
    private final Consumer<String> say;

    /// @param say takes one line about each file that is passed over
    Delivery(Shop shop, KubeUser ci, Consumer<String> say) {
        this.shop = shop;
        this.ci = ci;
        this.say = say;
    }

    void applyAll() {
        Shop.APPLICATIONS.forEach(this::apply);
    }

    /// Definitions first, and waited for; then the rest in the order of the files.
    void apply(String application) {
        List<Manifest> manifests = manifests(application);
        manifests.stream().filter(Manifest::isDefinition).forEach(this::establish);
        manifests.stream()
                .filter(m -> !m.isDefinition())
                .forEach(m -> ci.apply(m.path(), MANAGER, m.object()));
    }

    private List<Manifest> manifests(String application) {
        List<Manifest> manifests = new ArrayList<>();
        for (Map.Entry<String, String> file : shop.files().entrySet()) {
            if (file.getKey().startsWith(application + "/") && isManifest(file.getKey())) {
                try {
                    manifests.addAll(Manifest.read(file.getValue(), application));
                } catch (IllegalArgumentException e) {
                    say.accept("ci passes over " + file.getKey() + ": " + e.getMessage());
                }
            }
        }
        return manifests;
    }

    /// Driftledger's ignore rules, `.driftledger.yaml`, lie among the manifests and are none.
    private static boolean isManifest(String path) {
        return !path.substring(path.lastIndexOf('/') + 1).startsWith(".");
    }

    private void establish(Manifest definition) {
        ci.apply(definition.path(), MANAGER, definition.object());
        for (int i = 0; i < ESTABLISH_TRIES; i++) {
            if (ci.get(definition.path()).filter(Delivery::isEstablished).isPresent()) {
                return;
            }
            Life.pause(ESTABLISH_PAUSE_MS);
        }
        throw new SandboxException(definition.path() + " is not established after 10 s", null);
    }

    private static boolean isEstablished(JsonNode definition) {
        for (JsonNode condition : definition.at("/status/conditions")) {
            if (condition.path("type").asText().equals("Established")) {
                return condition.path("status").asText().equals("True");
            }
        }
        return false;
    }
}
