package dev.driftledger.drift.defaults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.driftledger.testkit.Manifests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefaultTableTest {
    private static final Path FIELDS =
            Path.of("src", "test", "resources", "drift", "defaults", "fields.txt");

    /// With `-Ddriftledger.golden=write` the list is written anew, to be reviewed as a diff.
    @Test
    void no_row_gets_lost() throws IOException {
        // When
        String fields = String.join("\n", DefaultTable.builtInTable().fields()) + "\n";

        // Then
        if ("write".equals(System.getProperty("driftledger.golden"))) {
            Files.writeString(FIELDS, fields);
        }
        assertThat(fields).isEqualTo(Files.readString(FIELDS));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nginx | Always",
                "nginx:latest | Always",
                "nginx:1 | IfNotPresent",
                "localhost:5000/nginx | Always",
                "localhost:5000/nginx:1 | IfNotPresent",
                "a/b/nginx:latest | Always",
                "nginx@sha256:0 | IfNotPresent",
                "nginx:1@sha256:0 | IfNotPresent",
                "nginx:latest@sha256:0 | Always",
                "a/:1 | IfNotPresent",
                "a/@sha256:latest | IfNotPresent"
            })
    void an_image_is_pulled_always_for_latest_or_no_tag(String image, String policy) {
        Scope container = scope("core.v1.Container", "{image: '" + image + "'}", null);
        assertThat(found(container, "imagePullPolicy")).isEqualTo(policy);
    }

    @Test
    void without_an_image_nothing_is_known_of_pulling() {
        Scope container = scope("core.v1.Container", "{name: c}", null);
        assertThat(DefaultTable.find(container, "imagePullPolicy")).isNull();
    }

    @Test
    void a_volume_that_lost_its_source_is_an_empty_directory() {
        String type = "core.v1.Volume";
        String other = "{name: a, hostPath: {path: /}}";
        assertThat(found(scope(type, "{name: a, emptyDir: {}}", null), "emptyDir")).isEqualTo("{}");
        assertThat(found(scope(type, other, null), "emptyDir")).isEqualTo("-");
    }

    @Test
    void the_newer_name_of_a_service_account_follows_only_where_it_is_not_there() {
        String type = "core.v1.PodSpec";
        String both = "{serviceAccount: a, serviceAccountName: a}";
        assertThat(found(scope(type, "{serviceAccount: a}", null), "serviceAccountName"))
                .isEqualTo("a");
        assertThat(found(scope(type, both, null), "serviceAccountName")).isEqualTo("-");
        assertThat(found(scope(type, both, null), "serviceAccount")).isEqualTo("a");
    }

    @Test
    void a_volume_with_nothing_but_a_name_is_an_empty_directory() {
        assertThat(found(scope("core.v1.Volume", "{name: a}", null), "emptyDir")).isEqualTo("{}");
        assertThat(DefaultTable.find(scope("core.v1.Volume", "{nfs: {}}", null), "emptyDir"))
                .isNull();
        assertThat(
                        DefaultTable.find(
                                scope("core.v1.Volume", "{name: a, nfs: {}}", null), "emptyDir"))
                .isNull();
    }

    @Test
    void requests_are_the_limits_in_pods_and_not_in_templates() {
        // Given
        Scope pod = scope("core.v1.Pod", "{kind: Pod}", null);
        Scope deployment = scope("apps.v1.Deployment", "{kind: Deployment}", null);
        String type = "core.v1.ResourceRequirements";

        // When, Then
        assertThat(found(scope(type, "{limits: {cpu: '1'}}", pod), "requests"))
                .isEqualTo("{\"cpu\":\"1\"}");
        assertThat(DefaultTable.find(scope(type, "{limits: {cpu: 1}}", deployment), "requests"))
                .isNull();
        assertThat(DefaultTable.find(scope(type, "{claims: []}", pod), "requests")).isNull();
        assertThat(DefaultTable.find(scope(type, "{limits: 7}", pod), "requests")).isNull();
    }

    @Test
    void a_host_port_is_the_containers_on_the_hosts_network() {
        // Given
        Scope host = scope("core.v1.PodSpec", "{hostNetwork: true}", null);
        Scope own = scope("core.v1.PodSpec", "{hostNetwork: false}", null);
        String port = "{containerPort: 80}";
        String type = "core.v1.ContainerPort";
        Scope between = scope("core.v1.Container", "{name: c}", host);

        // When, Then
        assertThat(found(scope(type, port, between), "hostPort")).isEqualTo("80");
        assertThat(DefaultTable.find(scope(type, port, own), "hostPort")).isNull();
        assertThat(DefaultTable.find(scope(type, port, null), "hostPort")).isNull();
    }

    @Test
    void either_name_of_the_service_account_implies_the_other() {
        // Given
        Scope pod = scope("core.v1.Pod", "{kind: Pod}", null);
        Scope job = scope("batch.v1.Job", "{kind: Job}", null);
        String spec = "core.v1.PodSpec";

        // When, Then
        for (Scope outer : new Scope[] {pod, job}) {
            assertThat(found(scope(spec, "{serviceAccountName: a}", outer), "serviceAccount"))
                    .isEqualTo("a");
            assertThat(found(scope(spec, "{serviceAccount: a}", outer), "serviceAccountName"))
                    .isEqualTo("a");
        }
        assertThat(found(scope(spec, "{}", pod), "serviceAccount")).isEqualTo("default");
        assertThat(found(scope(spec, "{}", pod), "serviceAccountName")).isEqualTo("default");
        assertThat(DefaultTable.find(scope(spec, "{}", job), "serviceAccount")).isNull();
        assertThat(DefaultTable.find(scope(spec, "{}", job), "serviceAccountName")).isNull();
    }

    @Test
    void some_fields_are_filled_in_for_pods_alone() {
        // Given
        Scope pod = scope("core.v1.Pod", "{kind: Pod}", null);
        Scope job = scope("batch.v1.Job", "{kind: Job}", null);

        // When, Then
        for (String field : new String[] {"enableServiceLinks", "priority", "preemptionPolicy"}) {
            assertThat(DefaultTable.find(scope("core.v1.PodSpec", "{}", pod), field)).isNotNull();
            assertThat(DefaultTable.find(scope("core.v1.PodSpec", "{}", job), field)).isNull();
        }
        assertThat(found(scope("core.v1.PodSpec", "{}", pod), "enableServiceLinks"))
                .isEqualTo("true");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Job | {} | completions | 1",
                "Job | {parallelism: 2} | completions | -",
                "Job | {} | backoffLimit | 6",
                "Job | {backoffLimitPerIndex: 1} | backoffLimit | 2147483647",
                "Job | {} | podReplacementPolicy | TerminatingOrFailed",
                "Job | {podFailurePolicy: {}} | podReplacementPolicy | Failed",
                "CronJob | {} | completions | -",
                "CronJob | {} | backoffLimit | -",
                "CronJob | {} | podReplacementPolicy | -"
            })
    void a_job_is_filled_in_but_not_in_the_template_of_a_cron_job(
            String kind, String spec, String field, String value) {
        Scope root = scope("batch.v1." + kind, "{kind: " + kind + "}", null);
        assertThat(found(scope("batch.v1.JobSpec", spec, root), field)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{type: ExternalName} | internalTrafficPolicy | -",
                "{type: ClusterIP} | internalTrafficPolicy | Cluster",
                "{type: ClusterIP} | externalTrafficPolicy | -",
                "{type: NodePort} | externalTrafficPolicy | Cluster",
                "{type: LoadBalancer} | externalTrafficPolicy | Cluster",
                "{externalIPs: [1.2.3.4]} | externalTrafficPolicy | Cluster",
                "{type: LoadBalancer} | allocateLoadBalancerNodePorts | true",
                "{type: NodePort} | allocateLoadBalancerNodePorts | -",
                "{sessionAffinity: ClientIP} | sessionAffinityConfig | {}",
                "{sessionAffinity: None} | sessionAffinityConfig | -"
            })
    void what_a_service_is_filled_in_with_follows_from_its_type(
            String spec, String field, String value) {
        assertThat(found(scope("core.v1.ServiceSpec", spec, null), field)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "core.v1.ServicePort | {port: 80} | targetPort | 80",
                "apps.v1.DeploymentStrategy | {type: Recreate} | rollingUpdate | -",
                "apps.v1.DeploymentStrategy | {type: RollingUpdate} | rollingUpdate | {}",
                "apps.v1.DeploymentStrategy | {} | rollingUpdate | {}",
                "core.v1.ReplicationControllerSpec | {template: {metadata: {labels: {a: b}}}}"
                        + " | selector | {\"a\":\"b\"}",
                "core.v1.ReplicationControllerSpec | {template: {}} | selector | -",
                "networking.v1.NetworkPolicySpec | {} | policyTypes | [\"Ingress\"]",
                "networking.v1.NetworkPolicySpec | {egress: [{}]} | policyTypes"
                        + " | [\"Ingress\",\"Egress\"]",
                "rbac.v1.Subject | {kind: ServiceAccount} | apiGroup | ''",
                "rbac.v1.Subject | {kind: User} | apiGroup | rbac.authorization.k8s.io",
                "resource.v1.ExactDeviceRequest | {} | count | 1",
                "resource.v1.ExactDeviceRequest | {allocationMode: ExactCount} | count | 1",
                "resource.v1.DeviceSubRequest | {allocationMode: All} | count | -",
                "admissionregistration.v1.MutatingWebhook | {} | timeoutSeconds | 10",
                "admissionregistration.v1beta1.MutatingWebhook | {} | timeoutSeconds | 30",
                "storage.v1.CSIDriverSpec | {} | volumeLifecycleModes | [\"Persistent\"]",
                "core.v1.PersistentVolumeClaim | {} | status | {\"phase\":\"Pending\"}",
                "autoscaling.v2.HorizontalPodAutoscalerBehavior | {} | scaleUp | -",
                "autoscaling.v2.HorizontalPodAutoscalerBehavior | {a: b} | scaleDown | {}",
                "core.v1.Unknown | {} | a | -",
                "core.v1.ServicePort | {} | unknown | -"
            })
    void a_default_may_follow_from_the_fields_beside_it(
            String type, String self, String field, String value) {
        assertThat(found(scope(type, self, null), field)).isEqualTo(value);
    }

    @Test
    void an_autoscaler_goes_up_faster_than_down() {
        // Given
        String type = "io.k8s.api.autoscaling.v2.HPAScalingRules";
        Scope up = new Scope(Manifests.one("{a: b}"), type, "scaleUp", null);
        Scope down = new Scope(Manifests.one("{a: b}"), type, "scaleDown", null);

        // When, Then
        assertThat(found(up, "stabilizationWindowSeconds")).isEqualTo("0");
        assertThat(found(down, "stabilizationWindowSeconds")).isEqualTo("-");
        assertThat(DefaultTable.find(up, "policies")).hasSize(2);
        assertThat(DefaultTable.find(down, "policies")).hasSize(1);
    }

    @Test
    void a_definition_is_named_after_its_kind() {
        // Given
        String type =
                "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1"
                        + ".CustomResourceDefinitionNames";
        Scope names = new Scope(Manifests.one("{kind: Plan}"), type, "names", null);

        // When, Then
        assertThat(found(names, "listKind")).isEqualTo("PlanList");
        assertThat(found(names, "singular")).isEqualTo("plan");
    }

    private static String found(Scope scope, String field) {
        JsonNode value = DefaultTable.find(scope, field);
        if (value == null) {
            return "-";
        }
        return value.isValueNode() ? value.asText() : value.toString();
    }

    private static Scope scope(String type, String self, @Nullable Scope outer) {
        JsonNode node = self.equals("{}") ? DefaultTable.struct() : Manifests.one(self);
        return new Scope(node, "io.k8s.api." + type, "", outer);
    }
}
