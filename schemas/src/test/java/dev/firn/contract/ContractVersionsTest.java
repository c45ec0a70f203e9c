package dev.firn.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContractVersionsTest {
    private static final Path MODULE = Path.of(System.getProperty("basedir", "."));
    private static final ContractVersions BUNDLED =
            new ContractVersions(MODULE.resolve("src/main/avro"), MODULE.resolve("src/main/avro-versions"));

    private static final String ID = "{\"name\": \"id\", \"type\": \"string\"}";
    private static final String NOTE = "{\"name\": \"note\", \"type\": [\"null\", \"string\"], \"default\": null}";

    @TempDir
    private Path folder;

    static List<String> topics() throws IOException {
        return BUNDLED.topics();
    }

    @ParameterizedTest
    @MethodSource("topics")
    void shouldStayReadableBothWaysWhenAContractChanges(String topic) throws IOException {
        assertThat(BUNDLED.problem(topic)).isEmpty();
    }

    @Test
    void shouldKeepEveryContractThatWasCommitted() throws IOException {
        assertThat(BUNDLED.orphans()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ID + ", {\"name\": \"added\", \"type\": \"int\"}",
                "{\"name\": \"id\", \"type\": \"long\"}",
                "{\"name\": \"id\", \"type\": [\"null\", \"string\"], \"default\": null}",
                "{\"name\": \"identifier\", \"type\": \"string\"}",
                ID + ", {\"name\": \"note\", \"type\": [\"null\", \"int\"], \"default\": null}",
            })
    void shouldRefuseAChangeWhenRecordsOfOneVersionCanNotBeReadWithTheOther(String fields) throws IOException {
        // Given: the second version dropped the note, which the first one had
        ContractVersions versions = versions(record(fields), record(ID + ", " + NOTE), record(ID));

        // When, Then
        assertThat(versions.problem("orders"))
                .hasValueSatisfying(problem -> assertThat(problem)
                        .contains("orders is not FULL_TRANSITIVE compatible")
                        .contains("Add fields with a default"));
    }

    @Test
    void shouldAcceptAChangeWhenItIsCompatibleAndCommitted() throws IOException {
        // Given
        String added = record(ID + ", {\"name\": \"added\", \"type\": \"int\", \"default\": 0}");
        ContractVersions versions = versions(added, record(ID), record(ID + ", " + NOTE), added);

        // When, Then
        assertThat(versions.problem("orders")).isEmpty();
    }

    @Test
    void shouldSayWhereToCommitWhenAContractChangedCompatibly() throws IOException {
        // Given
        ContractVersions versions = versions(record(ID + ", " + NOTE), record(ID));

        // When, Then
        assertThat(versions.problem("orders"))
                .hasValueSatisfying(problem -> assertThat(problem)
                        .contains("cp " + folder.resolve("avro/orders.avsc") + " "
                                + folder.resolve("versions/orders/2.avsc")));
    }

    @Test
    void shouldAskForACommittedVersionWhenOnlyAPropertyChanged() throws IOException {
        // Given
        String ruled = record("{\"name\": \"id\", \"type\": \"string\", \"firn.rules\": [\"not-blank\"]}");
        ContractVersions versions = versions(ruled, record(ID));

        // When, Then
        assertThat(versions.problem("orders")).isPresent();
    }

    private ContractVersions versions(String contract, String... committed) throws IOException {
        Path contracts = Files.createDirectories(folder.resolve("avro"));
        Path orders = Files.createDirectories(folder.resolve("versions/orders"));
        Files.writeString(contracts.resolve("orders.avsc"), contract);
        for (int number = 1; number <= committed.length; number++) {
            Files.writeString(orders.resolve(number + ".avsc"), committed[number - 1]);
        }
        return new ContractVersions(contracts, folder.resolve("versions"));
    }

    private static String record(String fields) {
        return "{\"type\": \"record\", \"name\": \"Order\", \"fields\": [" + fields + "]}";
    }
}
