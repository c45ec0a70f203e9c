package dev.firn.deploy.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firn.deploy.Project;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestsTest {
    private static final Map<String, String> VERSIONS = Map.ofEntries(
            Map.entry("StatefulSet", "apps/v1"),
            Map.entry("Deployment", "apps/v1"),
            Map.entry("Service", "v1"),
            Map.entry("ServiceAccount", "v1"),
            Map.entry("PodDisruptionBudget", "policy/v1"),
            Map.entry("NetworkPolicy", "networking.k8s.io/v1"),
            Map.entry("KafkaTopic", "kafka.strimzi.io/v1beta2"),
            Map.entry("KafkaUser", "kafka.strimzi.io/v1beta2"),
            Map.entry("ExternalSecret", "external-secrets.io/v1"),
            Map.entry("PodMonitor", "monitoring.coreos.com/v1"),
            Map.entry("ScaledObject", "keda.sh/v1alpha1"));

    private static final Map<String, String> PORTS = Map.of("generator", "8081", "processor", "8082", "sink", "8083");

    @Test
    void shouldNameEveryFileInSomeKustomization() {
        var named = Stream.of("overlays/dev", "overlays/prod")
                .flatMap(folder -> Manifests.of(folder).kustomizations().stream())
                .flatMap(kustomization -> Manifests.elements(kustomization.path("resources")))
                .map(JsonNode::asText)
                .collect(Collectors.toSet());
        assertThat(Project.files("deploy/kubernetes", ".yaml"))
                .extracting(file -> file.getFileName().toString())
                .filteredOn(name -> !name.equals("kustomization.yaml"))
                .allSatisfy(name -> assertThat(named).contains(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/dev", "overlays/prod"})
    void shouldHaveKnownKindsAndEachNameOnce(String folder) {
        var seen = new HashSet<String>();
        assertThat(Manifests.of(folder).resources()).isNotEmpty().allSatisfy(resource -> {
            var kind = resource.path("kind").asText();
            assertThat(VERSIONS).containsEntry(kind, resource.path("apiVersion").asText());
            assertThat(seen.add(kind + "/" + Manifests.name(resource))).isTrue();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/dev", "overlays/prod"})
    void shouldContainEveryWorkload(String folder) {
        assertThat(Manifests.of(folder).workloads()).hasSizeGreaterThan(1).allSatisfy(workload -> {
            var container = Manifests.container(workload);
            assertThat(workload.at("/spec/template/spec/securityContext/runAsNonRoot")
                            .asBoolean())
                    .isTrue();
            assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean())
                    .isTrue();
            assertThat(container.at("/securityContext/allowPrivilegeEscalation").asBoolean(true))
                    .isFalse();
            assertThat(container.at("/securityContext/capabilities/drop/0").asText())
                    .isEqualTo("ALL");
            assertThat(container.at("/resources/limits/memory").asText())
                    .isNotEmpty()
                    .isEqualTo(container.at("/resources/requests/memory").asText());
            assertThat(workload.at("/spec/template/spec/automountServiceAccountToken")
                            .asBoolean(true))
                    .isFalse();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/dev", "overlays/prod"})
    void shouldProbeWhatTheServicesAnswerAtThePortThatTheyHave(String folder) {
        assertThat(Manifests.of(folder).workloads()).allSatisfy(workload -> {
            var container = Manifests.container(workload);
            assertThat(container.at("/livenessProbe/httpGet/path").asText()).isEqualTo("/health/liveness");
            assertThat(container.at("/readinessProbe/httpGet/path").asText()).isEqualTo("/health/readiness");
            assertThat(container.at("/ports/0/containerPort").asText()).isEqualTo(PORTS.get(Manifests.name(workload)));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/dev", "overlays/prod"})
    void shouldSelectPodsThatAreThere(String folder) {
        var manifests = Manifests.of(folder);
        var names = manifests.workloads().stream()
                .map(workload -> workload.at("/spec/template/metadata/labels/app.kubernetes.io~1name")
                        .asText())
                .collect(Collectors.toSet());
        assertThat(manifests.workloads())
                .allSatisfy(workload -> assertThat(workload.at("/spec/selector/matchLabels"))
                        .isEqualTo(workload.at("/spec/template/metadata/labels")));
        assertThat(Stream.of("PodDisruptionBudget", "PodMonitor").flatMap(manifests::kind))
                .isNotEmpty()
                .allSatisfy(resource -> assertThat(names)
                        .contains(resource.at("/spec/selector/matchLabels/app.kubernetes.io~1name")
                                .asText()));
        assertThat(manifests.kind("Service"))
                .isNotEmpty()
                .allSatisfy(resource -> assertThat(names)
                        .contains(resource.at("/spec/selector/app.kubernetes.io~1name")
                                .asText()));
        assertThat(manifests.kind("ScaledObject"))
                .allSatisfy(resource -> assertThat(names)
                        .contains(resource.at("/spec/scaleTargetRef/name").asText()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/dev", "overlays/prod"})
    void shouldReferOnlyToWhatIsMadeHere(String folder) {
        var manifests = Manifests.of(folder);
        var maps = manifests.generatedConfigMaps().collect(Collectors.toSet());
        var secrets = Stream.of("ExternalSecret", "KafkaUser")
                .flatMap(manifests::kind)
                .map(Manifests::name)
                .collect(Collectors.toSet());
        // of the Kafka cluster, by Strimzi
        secrets.add("kafka-cluster-ca-cert");
        assertThat(manifests.workloads()).allSatisfy(workload -> {
            var container = Manifests.container(workload);
            Manifests.elements(container.path("envFrom"))
                    .forEach(source -> assertThat(source.has("secretRef") ? secrets : maps)
                            .contains(source.elements().next().path("name").asText()));
            assertThat(secrets)
                    .containsAll(container.findValues("secretKeyRef").stream()
                            .map(ref -> ref.path("name").asText())
                            .toList());
            assertThat(secrets).containsAll(workload.findValuesAsText("secretName"));
            assertThat(volumes(workload))
                    .isEqualTo(Manifests.elements(container.path("volumeMounts"))
                            .map(mount -> mount.path("name").asText())
                            .collect(Collectors.toSet()));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/dev", "overlays/prod"})
    void shouldPatchOnlyWhatIsThere(String folder) {
        var manifests = Manifests.of(folder);
        for (var kustomization : manifests.kustomizations()) {
            for (var patch : kustomization.path("patches")) {
                var targets = manifests
                        .kind(patch.at("/target/kind").asText())
                        .filter(resource -> !patch.at("/target").has("name")
                                || Manifests.name(resource)
                                        .equals(patch.at("/target/name").asText()))
                        .toList();
                assertThat(targets).isNotEmpty();
                assertThat(Manifests.elements(Manifests.operations(patch)))
                        .isNotEmpty()
                        .allSatisfy(operation -> assertThat(targets)
                                .allSatisfy(target -> assertThat(
                                                target.at(operation.path("path").asText())
                                                        .isMissingNode())
                                        .as(operation.toString())
                                        .isFalse()));
            }
        }
    }

    @Test
    void shouldLetTheSinkWriteToNoTopicButThoseOfReplays() {
        var sink = Manifests.of("overlays/prod")
                .kind("KafkaUser")
                .filter(user -> Manifests.name(user).equals("firn-sink-user"))
                .findFirst()
                .orElseThrow();
        var written = Manifests.elements(sink.at("/spec/authorization/acls"))
                .filter(acl -> !Set.of("Read", "Describe", "DescribeConfigs").containsAll(operations(acl)))
                .map(acl -> acl.at("/resource/name").asText());
        assertThat(written)
                .containsExactlyInAnyOrder(
                        "firn-sink.retry.", "firn-processor.retry.", "firn.replayed", "firn-quarantine-replay");
    }

    private static Set<String> operations(JsonNode acl) {
        return Manifests.elements(acl.path("operations")).map(JsonNode::asText).collect(Collectors.toSet());
    }

    private static Set<String> volumes(JsonNode workload) {
        return Stream.concat(
                        Manifests.elements(workload.at("/spec/template/spec/volumes"))
                                .map(volume -> volume.path("name").asText()),
                        Manifests.elements(workload.at("/spec/volumeClaimTemplates"))
                                .map(Manifests::name))
                .collect(Collectors.toSet());
    }
}
