package dev.firn.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.firn.contract.Contracts;
import dev.firn.futuremobility.raw.Activity;
import dev.firn.quarantine.Reason;
import dev.firn.registry.InMemoryRegistry;
import dev.firn.registry.RegistryUnavailableException;
import java.util.Arrays;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.RandomData;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever arrives, the answer is a record or a reason, and the next good record is read. */
class BadBytesTest {
    private static final Schema SCHEMA = Contracts.schema("raw.activity");

    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final AvroDecoder<GenericRecord> generic = AvroDecoder.generic(registry);
    private final AvroDecoder<Activity> specific = AvroDecoder.specific(registry, Activity.class);
    private final byte[] good = record(1);

    @Test
    void shouldGiveReasonWhenThereIsNoHeader() {
        assertThat(reason(null)).isEqualTo(Reason.NULL_VALUE);
        assertThat(reason(new byte[0])).isEqualTo(Reason.BAD_MAGIC);
        assertThat(reason(new byte[] {0, 0, 0, 0})).isEqualTo(Reason.BAD_MAGIC);
        assertThat(reason(with(good, 0, 1))).isEqualTo(Reason.BAD_MAGIC);
    }

    @Test
    void shouldGiveReasonWhenTheSchemaIsUnknown() {
        assertThat(reason(with(good, 4, 99))).isEqualTo(Reason.UNKNOWN_SCHEMA_ID);
    }

    @Test
    void shouldGiveReasonWhenTheRecordIsCutShortAnywhere() {
        for (int length = WireFormat.HEADER; length < good.length; length++) {
            // When
            Reason reason = reason(Arrays.copyOf(good, length));

            // Then
            assertThat(reason).isEqualTo(Reason.MALFORMED);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 10_000})
    void shouldGiveReasonWhenBytesFollowTheRecord(int more) {
        assertThat(reason(Arrays.copyOf(good, good.length + more))).isEqualTo(Reason.MALFORMED);
    }

    @Test
    void shouldGiveARecordOrAReasonWhenBytesAreRandom() {
        // Given
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 20_000; round++) {
            byte[] garbage = random.nextInt(2) == 0 ? noise(random) : scratched(random);

            // When
            Throwable first = catchThrowable(() -> generic.decode(garbage));
            Throwable second = catchThrowable(() -> specific.decode(garbage));

            // Then
            assertThat(first == null || first instanceof UndecodableException)
                    .as("seed %d: %s", seed, first)
                    .isTrue();
            assertThat(second == null || second instanceof UndecodableException)
                    .as("seed %d: %s", seed, second)
                    .isTrue();
            assertThat(generic.decode(good)).isNotNull();
        }
    }

    @Test
    void shouldGiveReasonWhenATypeThatContainsItselfNeverEnds() {
        // Given
        Schema list = new Schema.Parser()
                .parse(
                        "{\"type\": \"record\", \"name\": \"Link\", \"fields\": [{\"name\": \"next\", \"type\": [\"null\", \"Link\"]}]}");
        byte[] endless = new byte[900_000];
        Arrays.fill(endless, (byte) 2);
        WireFormat.writeHeader(endless, registry.register("links", list));

        // When, Then
        assertThat(reason(endless)).isEqualTo(Reason.MALFORMED);
    }

    @Test
    void shouldGiveReasonWhenACountPromisesMoreThanThereIs() {
        // Given: an array of 2^30 nulls in five bytes
        Schema nulls = new Schema.Parser()
                .parse(
                        "{\"type\": \"record\", \"name\": \"N\", \"fields\": [{\"name\": \"n\", \"type\": {\"type\": \"array\", \"items\": \"long\"}}]}");
        byte[] bomb = {0, 0, 0, 0, 0, (byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, 0x08};
        WireFormat.writeHeader(bomb, registry.register("nulls", nulls));

        // When, Then
        assertThat(reason(bomb)).isEqualTo(Reason.MALFORMED);
    }

    @Test
    void shouldReportTheOutageWhenTheRegistryIsDown() {
        // Given
        registry.setDown(true);

        // When, Then
        assertThatThrownBy(() -> generic.decode(good)).isInstanceOf(RegistryUnavailableException.class);
    }

    @Test
    void shouldGoOnWithKnownSchemasWhenTheRegistryIsDown() {
        // Given
        generic.decode(good);
        registry.setDown(true);

        // When
        GenericRecord record = generic.decode(good);

        // Then
        assertThat(record.getSchema()).isEqualTo(SCHEMA);
    }

    private Reason reason(byte @Nullable [] record) {
        return assertThatExceptionOfType(UndecodableException.class)
                .isThrownBy(() -> generic.decode(record))
                .actual()
                .reason();
    }

    private byte[] record(long seed) {
        GenericRecord record =
                (GenericRecord) new RandomData(SCHEMA, 1, seed).iterator().next();
        return AvroSerde.generic(registry).serializer().serialize("raw.activity", record);
    }

    private byte[] noise(Random random) {
        byte[] noise = new byte[WireFormat.HEADER + random.nextInt(200)];
        random.nextBytes(noise);
        System.arraycopy(good, 0, noise, 0, WireFormat.HEADER);
        return noise;
    }

    private byte[] scratched(Random random) {
        byte[] scratched = good.clone();
        for (int times = random.nextInt(5); times >= 0; times--) {
            int at = WireFormat.HEADER + random.nextInt(good.length - WireFormat.HEADER);
            scratched[at] = (byte) random.nextInt();
        }
        return scratched;
    }

    private static byte[] with(byte[] record, int at, int value) {
        byte[] changed = record.clone();
        changed[at] = (byte) value;
        return changed;
    }
}
