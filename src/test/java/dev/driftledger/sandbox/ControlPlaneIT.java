package dev.driftledger.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlPlaneIT {
    private static final String MAPS = "/api/v1/namespaces/default/configmaps/";

    @TempDir Path folder;

    @Test
    void objects_survive_a_kill_and_the_ports_stay() throws IOException {
        // Given
        try (ControlPlane plane = start(folder)) {
            String url = plane.url();
            plane.access().as(ClusterAccess.CI).apply(MAPS + "kept", "ci", map("kept"));
            plane.kill();

            // When
            plane.start();

            // Then
            Optional<JsonNode> kept =
                    plane.access().as(ClusterAccess.DRIFTLEDGER).get(MAPS + "kept");
            assertThat(kept).isPresent();
            assertThat(kept.get().at("/metadata/managedFields/0/manager").asText()).isEqualTo("ci");
            assertThat(plane.url()).isEqualTo(url);
        }
    }

    @Test
    void the_service_user_may_read_but_not_write() throws IOException {
        // Given
        try (ControlPlane plane = start(folder)) {
            KubeUser reader = plane.access().as(ClusterAccess.DRIFTLEDGER);
            JsonNode map = map("forbidden");

            // Then
            assertThat(reader.get("/apis/apps/v1/deployments")).isPresent();
            assertThatThrownBy(() -> reader.apply(MAPS + "forbidden", "driftledger", map))
                    .hasMessageContaining("403");
        }
    }

    @Test
    void after_compaction_and_restart_an_old_version_is_gone() throws IOException {
        // Given
        try (ControlPlane plane = start(folder)) {
            KubeUser ci = plane.access().as(ClusterAccess.CI);
            String old =
                    ci.apply(MAPS + "old", "ci", map("old"))
                            .at("/metadata/resourceVersion")
                            .asText();
            ci.apply(MAPS + "new", "ci", map("new"));

            // When
            long revision = plane.compact();
            plane.restartApiServer();

            // Then
            assertThat(revision).isGreaterThan(Long.parseLong(old));
            String exact = "?resourceVersion=" + old + "&resourceVersionMatch=Exact";
            KubeUser reader = plane.access().as(ClusterAccess.ADMIN);
            assertThatThrownBy(() -> reader.get("/api/v1/namespaces/default/configmaps" + exact))
                    .hasMessageContaining("410");
        }
    }

    static ControlPlane start(Path folder) {
        return ControlPlane.start(folder, binaries(), line -> {});
    }

    static KubeBinaries binaries() {
        Optional<KubeBinaries> found = KubeBinaries.find();
        if (found.isEmpty()) {
            System.err.println("SKIPPED: no kube-apiserver here; `make kube` gets one");
        }
        Assumptions.assumeTrue(found.isPresent(), "no kube-apiserver; run `make kube`");
        return found.orElseThrow();
    }

    private static JsonNode map(String name) throws IOException {
        return new ObjectMapper()
                .readTree(
                        """
                        {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"%s"},
                         "data":{"colour":"blue"}}
                        """
                                .formatted(name));
    }
}
