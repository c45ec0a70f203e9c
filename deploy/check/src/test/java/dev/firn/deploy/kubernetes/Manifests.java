package dev.firn.deploy.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.deploy.Project;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What a kustomization names, with that of those that it is made on.
 *
 * @param kustomizations from the base on
 * @param resources of all of them
 */
record Manifests(List<JsonNode> kustomizations, List<JsonNode> resources) {
    private static final String ROOT = "deploy/kubernetes/";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> WORKLOADS = Set.of("StatefulSet", "Deployment");

    static Manifests of(String folder) {
        var kustomization =
                JSON.<JsonNode>valueToTree(Project.yaml(Project.text(ROOT + folder + "/kustomization.yaml")));
        var kustomizations = new ArrayList<JsonNode>();
        var resources = new ArrayList<JsonNode>();
        for (var resource : kustomization.path("resources")) {
            if (resource.asText().endsWith(".yaml")) {
                Project.documents(Project.text(ROOT + folder + "/" + resource.asText()))
                        .forEach(document -> resources.add(JSON.valueToTree(document)));
            } else {
                var below = of(folder + "/" + resource.asText());
                kustomizations.addAll(below.kustomizations());
                resources.addAll(below.resources());
            }
        }
        kustomizations.add(kustomization);
        return new Manifests(kustomizations, resources);
    }

    List<JsonNode> workloads() {
        return resources.stream()
                .filter(resource -> WORKLOADS.contains(resource.path("kind").asText()))
                .toList();
    }

    /** Those of a kind. */
    Stream<JsonNode> kind(String kind) {
        return resources.stream()
                .filter(resource -> kind.equals(resource.path("kind").asText()));
    }

    /** What kustomize makes of literals. */
    Stream<String> generatedConfigMaps() {
        return kustomizations.stream()
                .flatMap(kustomization -> elements(kustomization.path("configMapGenerator")))
                .map(generator -> generator.path("name").asText());
    }

    static String name(JsonNode resource) {
        return resource.at("/metadata/name").asText();
    }

    static JsonNode container(JsonNode workload) {
        return workload.at("/spec/template/spec/containers/0");
    }

    static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    /** A patch's text, which is YAML within YAML. */
    static JsonNode operations(JsonNode patch) {
        return JSON.valueToTree(Project.sequence(patch.path("patch").asText()));
    }
}
