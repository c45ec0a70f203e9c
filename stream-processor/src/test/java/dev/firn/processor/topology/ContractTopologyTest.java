package dev.firn.processor.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.contract.Contract;
import dev.firn.contract.Contracts;
import dev.firn.ops.Quarantine;
import dev.firn.processor.silver.SilverRows;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Topics that the code has never seen, by their contracts alone. */
class ContractTopologyTest {
    private static final String ID = "{'name':'id','type':'string','firn.rules':['not-blank','unique(1h)']}";
    private static final String AT = "{'name':'at','type':{'type':'long','logicalType':'timestamp-micros'}}";
    private static final String PROPERTIES = "'firn.key':['id'],'firn.event-time':'at',";
    private static final long HOUR = 3_600_000_000L;

    @TempDir
    private Path dir;

    private static String thing(String id, long at, String more) {
        return "{'id':'" + id + "','at':" + at + more + "}";
    }

    @Test
    void shouldBeAsDescribedWhenBuilt() {
        try (ContractFixture firn = new ContractFixture(dir, ContractFixture.schema(PROPERTIES, ID, AT))) {
            // When
            String description = firn.topology().describe().toString();

            // Then
            assertThat(description).isEqualToNormalizingNewlines(golden());
        }
    }

    private static String golden() {
        try (InputStream file = ContractTopologyTest.class.getResourceAsStream("/contract-topology.txt")) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void shouldMaskFlattenAndPublishUnderADerivedContract() {
        // Given
        Schema schema = ContractFixture.schema(
                PROPERTIES,
                ID,
                AT,
                "{'name':'who','type':['null',{'type':'record','name':'Who','fields':["
                        + "{'name':'mail','type':'string','firn.rules':['email'],'firn.pii':'hash'},"
                        + "{'name':'phone','type':'string','firn.pii':'mask'},"
                        + "{'name':'secret','type':'string','firn.pii':'drop'}]}],'default':null}",
                "{'name':'contacts','type':{'type':'array','items':'string'},'firn.pii':'mask'}");
        try (ContractFixture firn = new ContractFixture(dir, schema)) {
            // When
            firn.send(
                    "k",
                    thing(
                            "t1",
                            HOUR,
                            ",'who':{'team.raw.Who':{'mail':'ada@b.co','phone':'+49 30','secret':'s3cret'}},"
                                    + "'contacts':['Ada','Bo']"));
            firn.send("k", thing("t2", HOUR, ",'who':null,'contacts':[]"));

            // Then
            assertThat(firn.quarantined()).isEmpty();
            assertThat(firn.rows())
                    .satisfiesExactly(
                            row -> assertIsMasked(row),
                            row -> assertThat(row.get("who_mail")).isNull());
        }
    }

    private static void assertIsMasked(GenericRecord row) {
        assertThat(row.getSchema().getFullName()).isEqualTo("team.silver.Thing");
        assertThat(row.getSchema().getFields())
                .extracting(Schema.Field::name)
                .containsExactly(
                        "id", "at", "who_mail", "who_phone", "contacts", "is_late", "_warnings", "_pii_key", "_doc");
        Contract contract = Contract.of(row.getSchema());
        assertThat(contract.key()).containsExactly("id");
        assertThat(contract.eventTime()).isEqualTo("at");
        assertThat(contract.partitionBy()).extracting(Object::toString).containsExactly("day(at)");
        assertThat(contract.rules()).isEmpty();
        assertThat(row.get("who_mail").toString()).hasSize(64);
        assertThat(row.get("who_phone")).hasToString("+** **");
        assertThat(row.get("contacts")).hasToString("[***, **]");
        assertThat(row.get("_pii_key").toString()).matches("[0-9a-f]{8}");
        assertThat(row.get("_doc").toString())
                .contains(
                        "\"phone\":\"+** **\"",
                        "\"contacts\":[\"***\",\"**\"]",
                        row.get("who_mail").toString())
                .doesNotContain("ada@", "Ada", "s3cret", "secret");
    }

    @Test
    void shouldJudgeByTheNewestContractAloneWhenARecordComesBack() {
        // Given
        Schema strict = ContractFixture.schema(PROPERTIES, ID, AT, grams("range(0, 9)"));
        try (ContractFixture firn = new ContractFixture(dir, strict)) {
            firn.evolve(ContractFixture.schema(PROPERTIES, ID, AT, grams("range(0, 99)")));

            // When
            firn.send(strict, "k", thing("t1", HOUR, ",'grams':10"));
            firn.sendBack(strict, "k", thing("t1", HOUR, ",'grams':10"));
            firn.sendBack(strict, "k", thing("t2", HOUR, ",'grams':100"));

            // Then
            assertThat(firn.rows()).extracting(row -> row.get("id").toString()).containsExactly("t1");
            assertThat(firn.quarantined())
                    .extracting(row -> row.getSourceTopic() + " " + row.getTarget() + " " + row.getDetail())
                    .containsExactly(
                            "raw.things silver.things grams range(0, 9)",
                            "firn-processor.retry.raw.things silver.things grams range(0, 99)");
        }
    }

    private static String grams(String rule) {
        return "{'name':'grams','type':'int','firn.rules':['" + rule + "']}";
    }

    @Test
    void shouldQuarantineWithEveryRuleThatFailsAndMarkWarnings() {
        // Given
        Schema schema = ContractFixture.schema(
                PROPERTIES,
                ID,
                AT,
                "{'name':'serial','type':'string','firn.rules':['unique(1d)','warn: length(2, 9)']}",
                "{'name':'parts','type':{'type':'map','values':{'type':'record','name':'Part','fields':["
                        + "{'name':'grams','type':'int','firn.rules':['range(1, 9)']}]}}}");
        try (ContractFixture firn = new ContractFixture(dir, schema)) {
            // When
            firn.send("k", thing("t1", HOUR, ",'serial':'A','parts':{'x':{'grams':9}}"));
            firn.send("k", thing("t2", HOUR, ",'serial':'A','parts':{'x':{'grams':1},'y':{'grams':10}}"));
            firn.send("k", thing("t3", HOUR, ",'serial':'BB','parts':{}"));
            firn.sendBytes("k", new byte[] {1});

            // Then
            assertThat(firn.quality()).as("before its time").isEmpty();
            firn.pass(Duration.ofSeconds(1));
            assertThat(firn.quality())
                    .extracting(row -> row.get("field") + " " + row.get("rule") + " " + row.get("checked") + " "
                            + row.get("failed") + " " + row.get("warned"))
                    .containsExactlyInAnyOrder(
                            " * 4 2 1",
                            " BAD_MAGIC 4 1 0",
                            " RULE_FAILED 4 1 0",
                            "id not-blank 3 0 0",
                            "id unique(1h) 3 0 0",
                            "serial unique(1d) 3 1 0",
                            "serial warn: length(2, 9) 3 0 2",
                            "parts{}.grams range(1, 9) 3 1 0");
            firn.pass(Duration.ofSeconds(1));
            assertThat(firn.quality()).as("nothing changed").isEmpty();
            assertThat(firn.rows())
                    .extracting(row -> row.get("id") + " " + row.get("_warnings"))
                    .containsExactly("t1 [serial warn: length(2, 9)]", "t3 []");
            assertThat(firn.quarantined()).hasSize(2).first().satisfies(row -> {
                assertThat(row.getReason()).isEqualTo("RULE_FAILED");
                assertThat(row.getTarget()).isEqualTo(ContractFixture.SILVER);
                assertThat(row.getDetail()).isEqualTo("parts{}.grams range(1, 9); serial unique(1d)");
            });
        }
    }

    @Test
    void shouldNotLetOneBadClockMakeOthersLateOrBeForgotten() {
        // Given
        long in2099 = 4_070_908_800_000_000L;
        try (ContractFixture firn = new ContractFixture(dir, ContractFixture.schema(PROPERTIES, ID, AT))) {
            // When
            firn.send("k", thing("t1", HOUR, ""));
            firn.send("k", thing("t2", in2099, ""));
            firn.send("k", thing("t1", HOUR, ""));
            firn.send("k", thing("t3", HOUR, ""));

            // Then
            assertThat(firn.rows())
                    .extracting(row -> row.get("id") + " " + row.get("is_late"))
                    .containsExactly("t1 false", "t3 false");
            assertThat(firn.quarantined()).extracting(Quarantine::getReason).containsExactly("AHEAD_OF_TIME");
        }
    }

    @Test
    void shouldFollowSimulatedTimeBeyondKafkas() {
        // Given
        long day = 24 * HOUR;
        long start = ContractFixture.WALL.toEpochMilli() * 1000 + 100 * day;
        try (ContractFixture firn = new ContractFixture(dir, ContractFixture.schema(PROPERTIES, ID, AT))) {
            // When
            firn.send("k", thing("t1", start, ""));
            firn.send("k", thing("t2", start + 7 * day, ""));
            firn.send("k", thing("t3", start + 14 * day + 1, ""));

            // Then
            assertThat(firn.rows()).extracting(row -> row.get("id").toString()).containsExactly("t1", "t2");
            assertThat(firn.quarantined()).hasSize(1);
        }
    }

    @Test
    void shouldDropWhatComesAgainAndForgetNothingOfARejectedRecord() {
        // Given
        Schema schema =
                ContractFixture.schema(PROPERTIES, ID, AT, "{'name':'n','type':'int','firn.rules':['range(0, 9)']}");
        try (ContractFixture firn = new ContractFixture(dir, schema)) {
            // When
            firn.send("k", thing("t1", HOUR, ",'n':99"));
            firn.send("k", thing("t1", HOUR, ",'n':1"));
            firn.send("k", thing("t1", HOUR, ",'n':1"));
            firn.send("k", thing("t2", 2 * HOUR + 1, ",'n':1"));
            firn.send("k", thing("t1", 2 * HOUR, ",'n':2"));

            // Then
            assertThat(firn.rows())
                    .extracting(row -> row.get("id") + " " + row.get("n") + " " + row.get("is_late"))
                    .containsExactly("t1 1 false", "t2 1 false", "t1 2 false");
            assertThat(firn.quarantined()).extracting(Quarantine::getReason).containsExactly("RULE_FAILED");
            assertThat(firn.meters
                            .counter("firn.processor.duplicates", "topic", ContractFixture.RAW)
                            .count())
                    .isEqualTo(1);
        }
    }

    @Test
    void shouldTakeTheWholeKeyForUniqueWhenItHasSeveralFields() {
        // Given
        Schema schema = ContractFixture.schema("'firn.key':['id','line'],", ID, "{'name':'line','type':'int'}");
        try (ContractFixture firn = new ContractFixture(dir, schema)) {
            // When
            firn.send("k", "{'id':'a','line':1}");
            firn.send("k", "{'id':'a','line':2}");
            firn.send("k", "{'id':'a','line':1}");

            // Then
            assertThat(firn.rows()).extracting(row -> row.get("line")).containsExactly(1, 2);
        }
    }

    @Test
    void shouldTellLateRecordsWithoutAnyIds() {
        // Given
        try (ContractFixture firn = new ContractFixture(dir, ContractFixture.schema("'firn.event-time':'at',", AT))) {
            // When
            firn.send("k", "{'at':" + HOUR + "}");
            firn.send("k", "{'at':" + (HOUR - 300_000_000) + "}");
            firn.send("k", "{'at':" + (HOUR - 300_000_001) + "}");

            // Then
            assertThat(firn.rows()).extracting(row -> row.get("is_late")).containsExactly(false, false, true);
        }
    }

    @Test
    void shouldSendVersionsOfAnEntityUnderItsKey() {
        // Given
        Schema schema =
                ContractFixture.schema("'firn.key':['id'],'firn.mode':'upsert',", "{'name':'id','type':'string'}");
        try (ContractFixture firn = new ContractFixture(dir, schema)) {
            // When
            firn.send("whatever", "{'id':'a'}");

            // Then
            assertThat(firn.records())
                    .singleElement()
                    .satisfies(record -> assertThat(record.key()).asString().isEqualTo("a"));
        }
    }

    @Test
    void shouldHashKafkasKeyWhereTheContractHasPersonalData() {
        // Given
        Schema schema = ContractFixture.schema(PROPERTIES, ID, AT, "{'name':'mail','type':'string','firn.pii':'mask'}");
        try (ContractFixture firn = new ContractFixture(dir, schema)) {
            // When
            firn.send("ada@example.com", thing("t1", HOUR, ",'mail':'x'"));
            firn.send("ada@example.com", thing("t2", HOUR, ",'mail':'x'"));

            // Then
            assertThat(firn.records())
                    .extracting(record -> new String(record.key(), StandardCharsets.UTF_8))
                    .allMatch(key -> key.matches("[0-9a-f]{64}"))
                    .hasSize(2);
        }
    }

    @Test
    void shouldTakeOldAndNewRecordsWhenTheSchemaEvolves() {
        // Given
        Schema old = ContractFixture.schema(PROPERTIES, ID, AT);
        Schema evolved = ContractFixture.schema(
                PROPERTIES, ID, AT, "{'name':'n','type':'int','default':0,'firn.rules':['range(0, 9)']}");
        try (ContractFixture firn = new ContractFixture(dir, old)) {
            // When
            firn.send(old, "k", thing("t1", HOUR, ""));
            firn.send(evolved, "k", thing("t2", HOUR, ",'n':10"));
            firn.evolve(evolved);
            firn.send(old, "k", thing("t3", HOUR, ""));
            firn.send(evolved, "k", thing("t4", HOUR, ",'n':9"));

            // Then
            assertThat(firn.rows())
                    .extracting(row ->
                            row.get("id") + " " + row.getSchema().getFields().size())
                    .containsExactly("t1 5", "t3 5", "t4 6");
            assertThat(firn.quarantined())
                    .extracting(row -> row.getDetail().toString())
                    .containsExactly("n range(0, 9)");
        }
    }

    @Test
    void shouldTakeTheRecordsTimeWhereTheWriterHasANumberForIt() {
        // Given
        String number = "{'name':'at','type':'int'}";
        String millis = "{'name':'at','type':{'type':'long','logicalType':'timestamp-millis'}}";
        try (ContractFixture firn = new ContractFixture(dir, ContractFixture.schema(PROPERTIES, ID, millis))) {
            // When
            firn.send(ContractFixture.schema("'firn.key':['id'],", ID, number), "k", thing("t1", 5, ""));
            firn.send("k", thing("t2", ContractFixture.WALL.toEpochMilli(), ""));

            // Then
            assertThat(firn.rows())
                    .extracting(row -> row.get("id") + " " + row.get("at") + " " + row.get("is_late"))
                    .containsExactly("t1 5 false", "t2 " + ContractFixture.WALL.toEpochMilli() + " false");
        }
    }

    @Test
    void shouldAskTheRegistryOnceForRowsThatItRefuses() {
        // Given
        try (ContractFixture firn = new ContractFixture(dir, ContractFixture.schema(PROPERTIES, ID, AT))) {
            firn.registry.refuseNew();
            Schema more = ContractFixture.schema(PROPERTIES, ID, AT, "{'name':'n','type':'int'}");

            // When
            firn.send(more, "k", thing("t1", HOUR, ",'n':1"));
            firn.send(more, "k", thing("t2", HOUR, ",'n':1"));

            // Then
            assertThat(firn.quarantined())
                    .extracting(Quarantine::getReason)
                    .containsExactly("INCOMPATIBLE_SCHEMA", "INCOMPATIBLE_SCHEMA");
            assertThat(firn.registry.refused()).isOne();
        }
    }

    @Test
    void shouldQuarantineWhatCanNotBeAnEventOfTheContract() {
        // Given
        try (ContractFixture firn = new ContractFixture(dir, ContractFixture.schema(PROPERTIES, ID, AT))) {
            Schema wrong = ContractFixture.schema("'firn.kye':['id'],", ID);

            // When
            firn.send(wrong, "k", "{'id':'a'}");

            // Then
            assertThat(firn.quarantined()).extracting(Quarantine::getReason).containsExactly("INCOMPATIBLE_SCHEMA");
        }
    }

    /** The bundled silver contract is what the bundled raw one makes, and what is joined. */
    @Test
    void shouldHaveNoOtherColumnsThanActivityEvents() {
        // When
        Schema silver = SilverRows.schema(Contracts.of(Topics.RAW_ACTIVITY));

        // Then
        assertThat(Contracts.schema(Topics.SILVER_ACTIVITY).getFields())
                .extracting(field -> field.name() + " " + field.schema())
                .containsAll(silver.getFields().stream()
                        .filter(field -> !field.name().equals("_warnings")
                                && !field.name().equals("_pii_key"))
                        .map(field -> field.name() + " " + field.schema())
                        .toList());
    }
}
