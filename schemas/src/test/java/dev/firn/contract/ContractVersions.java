package dev.firn.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaValidationException;
import org.apache.avro.SchemaValidator;
import org.apache.avro.SchemaValidatorBuilder;

/** What a contract may become, given all that it was: {@code <folder>/<topic>/1.avsc}, {@code 2.avsc} and so on. */
record ContractVersions(Path contracts, Path versions) {
    private static final SchemaValidator FULL_TRANSITIVE =
            new SchemaValidatorBuilder().mutualReadStrategy().validateAll();

    List<String> topics() throws IOException {
        try (Stream<Path> files = Files.list(contracts)) {
            return files.map(file -> file.getFileName().toString().replace(".avsc", ""))
                    .sorted()
                    .toList();
        }
    }

    /** What is wrong with the topic's contract, and what to do. */
    Optional<String> problem(String topic) throws IOException {
        Schema contract = parse(contracts.resolve(topic + ".avsc"));
        List<Schema> committed = committed(topic);
        Optional<String> incompatible = incompatible(topic, contract, committed);
        return incompatible.isPresent() ? incompatible : unrecorded(topic, contract, committed);
    }

    private List<Schema> committed(String topic) throws IOException {
        List<Schema> committed = new ArrayList<>();
        while (Files.exists(version(topic, committed.size() + 1))) {
            committed.add(parse(version(topic, committed.size() + 1)));
        }
        return committed;
    }

    private Path version(String topic, int number) {
        return versions.resolve(topic).resolve(number + ".avsc");
    }

    private static Schema parse(Path file) throws IOException {
        return new Schema.Parser().parse(Files.readString(file));
    }

    private static Optional<String> incompatible(String topic, Schema contract, List<Schema> committed) {
        try {
            FULL_TRANSITIVE.validate(contract, newestFirst(committed));
            return Optional.empty();
        } catch (SchemaValidationException e) {
            return Optional.of(
                    "the contract of %s is not FULL_TRANSITIVE compatible with its committed versions: %s%nRecords that were written with them must be readable with it, and the other way round. Add fields with a default, remove only fields that have one, and keep types."
                            .formatted(topic, e.getMessage()));
        }
    }

    private static List<Schema> newestFirst(List<Schema> committed) {
        List<Schema> reversed = new ArrayList<>();
        committed.forEach(schema -> reversed.add(0, schema));
        return reversed;
    }

    private Optional<String> unrecorded(String topic, Schema contract, List<Schema> committed) {
        int newest = committed.size();
        if (newest > 0 && committed.get(newest - 1).toString().equals(contract.toString())) {
            return Optional.empty();
        }
        return Optional.of(
                "the contract of %1$s is not among its committed versions. Commit it as the next one, and leave the others as they are:%n    cp %2$s %3$s"
                        .formatted(topic, contracts.resolve(topic + ".avsc"), version(topic, newest + 1)));
    }

    /** Topics that have versions but no contract any more. */
    List<String> orphans() throws IOException {
        List<String> topics = topics();
        try (Stream<Path> folders = Files.list(versions)) {
            return folders.map(folder -> folder.getFileName().toString())
                    .filter(topic -> !topics.contains(topic))
                    .sorted(Comparator.naturalOrder())
                    .toList();
        }
    }
}
