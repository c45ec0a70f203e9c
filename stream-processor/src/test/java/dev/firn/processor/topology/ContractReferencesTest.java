package dev.firn.processor.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.ops.Quarantine;
import dev.firn.processor.refer.Referenced;
import dev.firn.processor.wait.ReferenceProgress;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Contracts that refer to the keys of other topics. */
class ContractReferencesTest {
    private static final Referenced PEOPLE = new Referenced("raw.people", "keys.people", false);
    private static final Referenced PLACES = new Referenced("raw.places", "keys.places", true);
    private static final Schema SCHEMA = ContractFixture.schema(
            "'firn.key':['id'],",
            "{'name':'id','type':'string','firn.rules':['unique(1h)']}",
            "{'name':'who','type':['null','string'],'default':null,'firn.rules':['references(raw.people)']}",
            "{'name':'at','type':{'type':'array','items':'string'},'firn.rules':['warn: references(raw.places)']}",
            "{'name':'n','type':'int','firn.rules':['range(0, 9)']}");
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration RETRY = Duration.ofMillis(200);

    @TempDir
    private Path dir;

    private ContractFixture firn() {
        return new ContractFixture(dir, SCHEMA, PEOPLE, PLACES);
    }

    private static void send(ContractFixture firn, String id, String who, String at, int n) {
        String person = who.isEmpty() ? "null" : "{'string':'" + who + "'}";
        firn.send("k", "{'id':'" + id + "','who':" + person + ",'at':[" + at + "],'n':" + n + "}");
    }

    @Test
    void shouldGoOnAtOnceWhenAllIsThereOrNothingIsReferredTo() {
        try (ContractFixture firn = firn()) {
            // Given
            firn.know(PEOPLE, "ada");

            // When
            send(firn, "t1", "ada", "", 1);
            send(firn, "t2", "", "", 1);

            // Then
            assertThat(firn.rows()).extracting(row -> row.get("id").toString()).containsExactly("t1", "t2");
        }
    }

    @Test
    void shouldWaitUntilItIsThereAndThenGoOnOnce() {
        try (ContractFixture firn = firn()) {
            // Given
            send(firn, "t1", "bo", "", 1);
            send(firn, "t1", "bo", "", 1);
            firn.pass(PATIENCE.minus(RETRY));
            assertThat(firn.rows()).isEmpty();

            // When
            firn.know(PEOPLE, "bo");
            firn.pass(RETRY);

            // Then
            assertThat(firn.rows()).extracting(row -> row.get("id").toString()).containsExactly("t1");
            firn.pass(PATIENCE.multipliedBy(2));
            assertThat(firn.quarantined()).isEmpty();
            assertThat(firn.rows()).isEmpty();
        }
    }

    @Test
    void shouldQuarantineOrMarkWhatHasWaitedLongEnough() {
        try (ContractFixture firn = firn()) {
            // Given
            firn.know(PEOPLE, "ada");
            send(firn, "t1", "nobody", "'nowhere'", 1);
            send(firn, "t2", "ada", "'nowhere'", 1);

            // When
            firn.pass(PATIENCE.plus(RETRY));

            // Then
            assertThat(firn.rows())
                    .extracting(row -> row.get("id") + " " + row.get("_warnings"))
                    .containsExactly("t2 [at[] warn: references(raw.places)]");
            assertThat(firn.quarantined()).singleElement().satisfies(row -> {
                assertThat(row.getReason()).isEqualTo("BROKEN_REFERENCE");
                assertThat(row.getField()).isEqualTo("who");
                assertThat(row.getDetail()).isEqualTo("who references(raw.people): nothing known of it after 10000 ms");
                assertThat(row.getSourceTopic()).isEqualTo(ContractFixture.RAW);
                assertThat(row.getOffset()).isZero();
            });
        }
    }

    @Test
    void shouldTakeAReplayedRecordOnceWhatItRefersToIsThere() {
        try (ContractFixture firn = firn()) {
            // Given
            send(firn, "t1", "bo", "", 1);
            firn.pass(PATIENCE.plus(RETRY));
            firn.know(PEOPLE, "bo");

            // When
            send(firn, "t1", "bo", "", 1);

            // Then
            assertThat(firn.rows()).extracting(row -> row.get("id").toString()).containsExactly("t1");
            assertThat(firn.quarantined()).hasSize(1);
        }
    }

    @Test
    void shouldNotWaitWithWhatFailsAlready() {
        try (ContractFixture firn = firn()) {
            // When
            send(firn, "t1", "nobody", "", 99);

            // Then
            assertThat(firn.quarantined()).extracting(Quarantine::getReason).containsExactly("RULE_FAILED");
        }
    }

    @Test
    void shouldWaitLongerWhileReferencesAreBehind() {
        try (ContractFixture firn = firn()) {
            // Given
            firn.progress.currentSince = ReferenceProgress.BEHIND;
            send(firn, "t1", "bo", "", 1);
            firn.pass(PATIENCE.multipliedBy(3));

            // When
            firn.know(PEOPLE, "bo");
            firn.progress.currentSince = 0;
            firn.pass(RETRY);

            // Then
            assertThat(firn.quarantined()).isEmpty();
            assertThat(firn.rows()).hasSize(1);
        }
    }

    @Test
    void shouldLookForAHashWhereTheKeyIsPersonal() {
        try (ContractFixture firn = firn()) {
            // Given
            firn.know(PLACES, "berlin");

            // When
            send(firn, "t1", "", "'berlin'", 1);
            firn.pass(PATIENCE.plus(RETRY));

            // Then
            assertThat(firn.rows())
                    .extracting(row -> row.get("_warnings").toString())
                    .containsExactly("[at[] warn: references(raw.places)]");
        }
    }

    @Test
    void shouldRefuseAReferenceToATopicThatIsNotKept() {
        // Given
        try (ContractFixture firn = new ContractFixture(dir, SCHEMA, PEOPLE)) {
            Schema more = new Schema.Parser().parse(SCHEMA.toString().replace("warn: references", "references"));

            // When
            firn.send(more, "k", "{'id':'t1','who':null,'at':[],'n':1}");

            // Then
            assertThat(firn.quarantined()).extracting(Quarantine::getReason).containsExactly("INCOMPATIBLE_SCHEMA");
        }
    }
}
