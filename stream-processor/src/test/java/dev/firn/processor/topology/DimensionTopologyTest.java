package dev.firn.processor.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.futuremobility.raw.Customer;
import dev.firn.ops.Quarantine;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DimensionTopologyTest {
    private static final List<String> TIERS = List.of("bronze", "silver", "gold");

    @TempDir
    private Path dir;

    private Fixture firn;
    /** The table, as the topic makes it. */
    private final Map<String, GenericRecord> table = new TreeMap<>();

    @BeforeEach
    void start() {
        firn = new Fixture(dir);
    }

    @AfterEach
    void stop() {
        firn.close();
    }

    private void update(String id, long minute, String tier) {
        Customer customer = Events.customer(id);
        customer.setLoyaltyTier(tier);
        customer.setUpdatedAt(at(minute));
        firn.send(Topics.RAW_CUSTOMERS, id, customer);
    }

    private static Instant at(long minute) {
        return Events.START.plus(Duration.ofMinutes(minute));
    }

    /** Minute, tier, number, minute of the end; of each version, in order. */
    private List<String> versions() {
        firn.apply(Topics.DIM_CUSTOMER, table);
        return table.values().stream()
                .map(row -> row.get("customer_id") + " " + row.get("version") + " " + row.get("loyalty_tier") + " "
                        + minute(row.get("valid_from")) + "-" + minute(row.get("valid_to"))
                        + ((boolean) row.get("is_current") ? " current" : ""))
                .sorted()
                .toList();
    }

    private static String minute(Object micros) {
        return micros == null ? "" : Long.toString(((Long) micros - at(0).toEpochMilli() * 1000) / 60_000_000);
    }

    @Test
    void shouldHideWhatIsPersonalWhenAVersionIsMade() {
        // When
        update("C1", 0, "gold");

        // Then
        assertThat(firn.rows(Topics.DIM_CUSTOMER)).singleElement().satisfies(row -> {
            assertThat(row.get("last_name")).hasToString("********");
            assertThat(row.get("email").toString()).matches("[0-9a-f]{64}");
            assertThat(row.get("_pii_key")).isNotNull();
            assertThat(row.get("address_country")).hasToString("DE");
            assertThat(row.toString()).doesNotContain("Lovelace", "ada@", "1 Way", "10115");
        });
    }

    @Test
    void shouldCloseTheVersionBeforeWhenAnUpdateChangesSomething() {
        // When
        update("C1", 0, "gold");
        update("C1", 5, "silver");

        // Then
        assertThat(versions()).containsExactly("C1 1 gold 0-5", "C1 2 silver 5- current");
    }

    @Test
    void shouldSendNothingWhenAnUpdateChangesNothing() {
        // Given
        update("C1", 0, "gold");
        versions();

        // When
        update("C1", 5, "gold");

        // Then
        assertThat(firn.rows(Topics.DIM_CUSTOMER)).isEmpty();
    }

    @Test
    void shouldForgetAnUpdateWhoseRowIsTooLarge() {
        // Given
        update("C1", 0, "gold");
        Customer large = Events.customer("C1");
        large.setUpdatedAt(at(5));
        large.getAddress().setCity("x".repeat(4_000_000));

        // When
        firn.send(Topics.RAW_CUSTOMERS, "C1", large);
        update("C1", 10, "silver");

        // Then
        assertThat(versions()).containsExactly("C1 1 gold 0-10", "C1 2 silver 10- current");
        assertThat(firn.quarantined()).extracting(Quarantine::getReason).containsExactly("PRODUCTION_FAILED");
    }

    @Test
    void shouldPutAnUpdateWhereItBelongsWhenItComesLate() {
        // Given
        update("C1", 0, "gold");
        update("C1", 10, "silver");

        // When
        update("C1", 5, "bronze");

        // Then
        assertThat(versions()).containsExactly("C1 1 gold 0-5", "C1 2 bronze 5-10", "C1 3 silver 10- current");
    }

    @Test
    void shouldBeginAVersionEarlierWhenALateUpdateSaysTheSame() {
        // Given
        update("C1", 0, "gold");
        update("C1", 10, "silver");

        // When
        update("C1", 5, "silver");

        // Then
        assertThat(versions()).containsExactly("C1 1 gold 0-5", "C1 2 silver 5- current");
    }

    @Test
    void shouldKeepTheNewestForJoinsWhenAnUpdateComesLate() {
        // Given
        update("C1", 10, "silver");
        update("C1", 0, "gold");
        firn.send(Topics.RAW_PRODUCTS, "P1", Events.product("P1"));
        firn.send(Topics.RAW_FISCAL_CALENDAR, "1", Events.day(Events.START, 2025, 4, 12, 48));

        // When
        firn.send(Topics.RAW_TRANSACTIONS, "C1", Events.transaction("t1", "10.00", "USD", at(20)));

        // Then
        assertThat(firn.rows(Topics.SILVER_TRANSACTIONS))
                .singleElement()
                .satisfies(row -> assertThat(row.get("customer_tier")).hasToString("silver"));
    }

    @Test
    void shouldCountAnUpdateThatIsOlderThanAllThatAreKept() {
        // Given
        for (int minute = 10; minute < 110; minute++) {
            update("C1", minute, TIERS.get(minute % 3));
        }
        versions();

        // When
        update("C1", 0, "gold");

        // Then
        assertThat(firn.rows(Topics.DIM_CUSTOMER)).isEmpty();
        assertThat(firn.meters
                        .get("firn.processor.late")
                        .tag("topic", Topics.RAW_CUSTOMERS)
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void shouldHoldWhatFollowsFromAllUpdatesWhateverTheirOrder() {
        for (long seed : new Random().longs(5).toArray()) {
            Random random = new Random(seed);
            Map<String, NavigableMap<Long, String>> model = new TreeMap<>();
            for (int i = 0; i < 150; i++) {
                // Given
                String id = seed + "C" + random.nextInt(4);
                long minute = random.nextInt(40);
                String tier = TIERS.get(random.nextInt(3));
                model.computeIfAbsent(id, each -> new TreeMap<>()).put(minute, tier);

                // When
                update(id, minute, tier);
            }

            // Then
            table.clear();
            assertThat(versions()).as("seed %d", seed).isEqualTo(described(model));
        }
    }

    private static List<String> described(Map<String, NavigableMap<Long, String>> model) {
        List<String> versions = new ArrayList<>();
        model.forEach((id, tiers) -> {
            List<Long> begins = new ArrayList<>();
            for (Long minute : tiers.keySet()) {
                Map.Entry<Long, String> before = tiers.lowerEntry(minute);
                if (before == null || !before.getValue().equals(tiers.get(minute))) {
                    begins.add(minute);
                }
            }
            for (int i = 0; i < begins.size(); i++) {
                boolean last = i == begins.size() - 1;
                versions.add(id + " " + (i + 1) + " " + tiers.get(begins.get(i)) + " " + begins.get(i) + "-"
                        + (last ? " current" : begins.get(i + 1)));
            }
        });
        return versions.stream().sorted().toList();
    }

    @Test
    void shouldNameAVersionByEntityAndTime() {
        // When
        update("C1", 0, "gold");

        // Then: echo -n 'C1|1767225600000000' | sha256sum, the first half
        assertThat(firn.rows(Topics.DIM_CUSTOMER))
                .singleElement()
                .satisfies(row -> assertThat(row.get("customer_key")).hasToString("2f79708e2f55eb6836e9722a933d3716"));
    }
}
