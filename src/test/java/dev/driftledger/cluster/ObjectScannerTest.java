package dev.driftledger.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.driftledger.model.ResourceType;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ObjectScannerTest {
    private static final ResourceType DEPLOYMENT =
            new ResourceType("apps", "v1", "Deployment", "deployments", true);
    private static final ResourceType POD = new ResourceType("", "v1", "Pod", "pods", true);
    private static final ResourceType SERVICE =
            new ResourceType("", "v1", "Service", "services", true);
    private static final String BASE =
            """
            {"kind":"K","apiVersion":"v1","metadata":{"name":"n","namespace":"s","uid":"u",\
            "resourceVersion":"7","generation":2,"managedFields":[{"manager":"ci",\
            "operation":"Apply","time":"T1","fieldsV1":{"f:spec":{}}},{"manager":"kcm",\
            "operation":"Update","time":"T1","fieldsV1":{},"subresource":"status"}]},\
            "spec":{"a":"b"},"status":{"x":1}}\
            """;

    private static Fingerprint16 fingerprint(ResourceType type, String json) {
        ObjectScanner scanner = new ObjectScanner(type, new byte[32]);
        scan(scanner, json);
        return scanner.fingerprint();
    }

    private static void scan(ObjectScanner scanner, String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        JsonCursor cursor = new JsonCursor();
        cursor.reset(bytes, 0, bytes.length);
        try {
            scanner.scan(cursor, bytes);
        } catch (JsonCursor.BrokenJson e) {
            throw new IllegalStateException(e);
        }
    }

    private static void assertUnseen(ResourceType type, String before, String after) {
        assertThat(before).isNotEqualTo(after);
        assertThat(fingerprint(type, after)).isEqualTo(fingerprint(type, before));
    }

    private static void assertSeen(ResourceType type, String before, String after) {
        assertThat(before).isNotEqualTo(after);
        assertThat(fingerprint(type, after)).isNotEqualTo(fingerprint(type, before));
    }

    @Test
    void identity_is_read_wherever_it_stands() {
        ObjectScanner scanner = new ObjectScanner(DEPLOYMENT, new byte[32]);
        scan(
                scanner,
                "{ \"spec\" : {\"x\": [1, {\"metadata\": {\"name\": \"no\"}}]}, \"metadata\":"
                        + "{\"uid\":\"u\",\"resourceVersion\":\"9\",\"name\":\"n\"} }");
        assertThat(scanner.name()).isEqualTo("n");
        assertThat(scanner.namespace()).isEmpty();
        assertThat(scanner.uid()).isEqualTo("u");
        assertThat(scanner.resourceVersion()).isEqualTo("9");
    }

    @Test
    void bookkeeping_does_not_count() {
        assertUnseen(DEPLOYMENT, BASE, BASE.replace("\"7\"", "\"8\""));
        assertUnseen(DEPLOYMENT, BASE, BASE.replace("\"T1\"", "\"T2\""));
        assertUnseen(DEPLOYMENT, BASE, BASE.replace("\"x\":1", "\"x\":2"));
        assertUnseen(
                DEPLOYMENT, BASE, BASE.replace("\"manager\":\"kcm\"", "\"manager\":\"other\""));
        assertUnseen(DEPLOYMENT, BASE, BASE.replace("\"kind\":\"K\",\"apiVersion\":\"v1\",", ""));
    }

    @Test
    void everything_else_counts() {
        assertSeen(DEPLOYMENT, BASE, BASE.replace("\"b\"", "\"c\""));
        assertSeen(DEPLOYMENT, BASE, BASE.replace("\"manager\":\"ci\"", "\"manager\":\"alice\""));
        assertSeen(DEPLOYMENT, BASE, BASE.replace("f:spec", "f:speck"));
        assertSeen(DEPLOYMENT, BASE, BASE.replace("\"generation\":2", "\"generation\":3"));
        assertSeen(DEPLOYMENT, BASE, BASE.replace("\"name\":\"n\"", "\"name\":\"m\""));
        assertSeen(DEPLOYMENT, BASE, BASE.replace(",\"spec\"", ",\"extra\":1,\"spec\""));
    }

    @Test
    void of_status_only_what_matters_counts() {
        String service =
                "{\"metadata\":{\"name\":\"n\"},\"status\":{\"conditions\":[1],"
                        + "\"loadBalancer\":{\"ingress\":[{\"ip\":\"1.1.1.1\"}]}}}";
        assertUnseen(SERVICE, service, service.replace("[1]", "[2]"));
        assertSeen(SERVICE, service, service.replace("1.1.1.1", "1.1.1.2"));
        String pod =
                "{\"metadata\":{\"name\":\"n\"},\"status\":{\"phase\":\"Running\","
                        + "\"containerStatuses\":[{\"name\":\"a\",\"ready\":true,"
                        + "\"imageID\":\"x@sha256:1\"}]}}";
        assertUnseen(POD, pod, pod.replace("true", "false"));
        assertUnseen(POD, pod, pod.replace("Running", "Failed"));
        assertSeen(POD, pod, pod.replace("sha256:1", "sha256:2"));
        ResourceType argo =
                new ResourceType("argoproj.io", "v1alpha1", "Application", "applications", true);
        assertSeen(argo, BASE, BASE.replace("\"x\":1", "\"x\":2"));
        ResourceType flux =
                new ResourceType(
                        "kustomize.toolkit.fluxcd.io",
                        "v1",
                        "Kustomization",
                        "kustomizations",
                        true);
        assertSeen(flux, BASE, BASE.replace("\"x\":1", "\"x\":2"));
    }

    @Test
    void the_fingerprint_is_keyed() {
        ObjectScanner one = new ObjectScanner(DEPLOYMENT, new byte[32]);
        ObjectScanner other = new ObjectScanner(DEPLOYMENT, new byte[] {1, 2, 3});
        scan(one, BASE);
        scan(other, BASE);
        assertThat(one.fingerprint()).isNotEqualTo(other.fingerprint());
        assertThat(Fingerprint16.ofHex(one.fingerprint().hex())).isEqualTo(one.fingerprint());
        assertThat(Fingerprint16.ofHex("no")).isEqualTo(Fingerprint16.ZERO);
    }

    @Test
    void a_broken_object_leaves_what_was_read_before() {
        ObjectScanner scanner = new ObjectScanner(DEPLOYMENT, new byte[32]);
        assertThatThrownBy(() -> scan(scanner, "{\"metadata\":{\"name\":\"n\",\"labels\":{"))
                .hasRootCauseInstanceOf(JsonCursor.BrokenJson.class);
        assertThat(scanner.name()).isEqualTo("n");
    }

    @Test
    void depth_costs_no_stack() {
        String deep = "[".repeat(200_000) + "]".repeat(200_000);
        ObjectScanner scanner = new ObjectScanner(DEPLOYMENT, new byte[32]);
        scan(scanner, "{\"metadata\":{\"name\":\"n\"},\"spec\":" + deep + "}");
        assertThat(scanner.name()).isEqualTo("n");
    }
}
