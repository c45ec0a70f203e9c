package dev.firn.processor.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.futuremobility.raw.Transaction;
import dev.firn.processor.pack.Decimals;
import dev.firn.processor.wait.ReferenceProgress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransactionsTopologyTest {
    private static final Instant T = Events.START.plus(Duration.ofHours(36));

    @TempDir
    private Path dir;

    private Fixture firn;

    @BeforeEach
    void start() {
        firn = new Fixture(dir);
    }

    @AfterEach
    void stop() {
        firn.close();
    }

    private void sendReferences() {
        sendCalendar();
        firn.send(Topics.RAW_CUSTOMERS, "C1", Events.customer("C1"));
        firn.send(Topics.RAW_PRODUCTS, "P1", Events.product("P1"));
        firn.send(Topics.RAW_FX_RATES, "EURUSD", Events.rate("EUR", "1.10000000", Events.START));
        firn.send(
                Topics.RAW_FX_RATES, "EURUSD", Events.rate("EUR", "1.20000000", Events.START.plus(Duration.ofDays(1))));
        firn.send(
                Topics.RAW_FX_RATES, "EURUSD", Events.rate("EUR", "1.30000000", Events.START.plus(Duration.ofDays(2))));
    }

    private void sendCalendar() {
        firn.send(Topics.RAW_FISCAL_CALENDAR, "1", Events.day(Events.START, 2025, 4, 12, 48));
        firn.send(Topics.RAW_FISCAL_CALENDAR, "2", Events.day(T, 2026, 1, 2, 9));
    }

    private void send(String id, String amount, String currency, Instant time) {
        firn.send(Topics.RAW_TRANSACTIONS, "C1", Events.transaction(id, amount, currency, time));
    }

    @Test
    void shouldQuarantineARecordThatFailsAfterItHasWaitedAndGoOnWithTheOthers() {
        // Given
        send("t1", "10.00", "USD", T);
        Transaction other = Events.transaction("t2", "10.00", "USD", T);
        other.setCustomerId("C2");
        firn.send(Topics.RAW_TRANSACTIONS, "C2", other);
        sendReferences();
        firn.send(Topics.RAW_CUSTOMERS, "C2", Events.customer("C2"));

        // When
        firn.sendBytes(Topics.CUSTOMERS, "C1", new byte[] {5});
        firn.driver.advanceWallClockTime(Duration.ofSeconds(1));

        // Then
        assertThat(firn.rows(Topics.SILVER_TRANSACTIONS))
                .extracting(row -> row.get("transaction_id").toString())
                .containsExactly("t2");
        assertThat(firn.quarantined()).singleElement().satisfies(row -> {
            assertThat(row.getReason()).isEqualTo("PROCESSING_FAILED");
            assertThat(row.getSourceTopic()).isEqualTo(Topics.RAW_TRANSACTIONS);
            assertThat(row.getOffset()).isZero();
        });
    }

    @Test
    void shouldMeasureByTheRateInForceWhenAllReferencesAreThere() {
        // Given
        sendReferences();

        // When
        send("t1", "-1234.55", "EUR", T);

        // Then
        GenericRecord row = firn.rows(Topics.SILVER_TRANSACTIONS).get(0);
        assertThat(row.get("transaction_type")).hasToString("Refund");
        assertThat(row.get("transaction_date")).isEqualTo((int) (T.getEpochSecond() / 86_400));
        assertThat(List.of(
                        Decimals.of(row.get("restocking_fee"), 2),
                        Decimals.of(row.get("net_amount"), 2),
                        Decimals.of(row.get("unit_price_usd"), 2),
                        Decimals.of(row.get("amount_usd"), 2),
                        Decimals.of(row.get("restocking_fee_usd"), 2),
                        Decimals.of(row.get("net_amount_usd"), 2),
                        Decimals.of(row.get("fx_rate"), 8)))
                .hasToString("[123.46, -1111.09, 1481.46, -1481.46, 148.15, -1333.31, 1.20000000]");
        assertThat(row.get("deal_size")).hasToString("Medium");
        assertThat(row.get("is_large_order")).isEqualTo(false);
        assertThat(row.get("product_name")).hasToString("Roadster");
        assertThat(row.get("customer_tier")).hasToString("gold");
        assertThat(List.of(
                        row.get("fiscal_year"),
                        row.get("fiscal_quarter"),
                        row.get("fiscal_month"),
                        row.get("fiscal_week")))
                .isEqualTo(List.of(2026, 1, 2, 9));
    }

    @Test
    void shouldTakeTheRateFromTheInstantItHolds() {
        // Given
        sendReferences();

        // When
        send("t1", "1.00", "EUR", Events.START.plus(Duration.ofDays(1)).minusNanos(1000));
        send("t2", "1.00", "EUR", Events.START.plus(Duration.ofDays(1)));
        send("t3", "1.00", "USD", Events.START);

        // Then
        assertThat(firn.rows(Topics.SILVER_TRANSACTIONS))
                .extracting(row -> Decimals.of(row.get("fx_rate"), 8).toPlainString())
                .containsExactly("1.10000000", "1.20000000", "1.00000000");
    }

    @Test
    void shouldWaitWhenTheCustomerComesLater() {
        // Given
        send("t1", "10.00", "USD", T);
        firn.driver.advanceWallClockTime(Duration.ofSeconds(5));
        List<GenericRecord> before = firn.rows(Topics.SILVER_TRANSACTIONS);
        long waiting = firn.tally.waiting().get();

        // When
        sendReferences();
        firn.driver.advanceWallClockTime(Duration.ofMillis(200));

        // Then
        assertThat(before).isEmpty();
        assertThat(waiting).isEqualTo(1);
        assertThat(firn.rows(Topics.SILVER_TRANSACTIONS)).hasSize(1);
        assertThat(firn.tally.waiting().get()).isZero();
    }

    @Test
    void shouldWaitForItsOwnDayWhenTheCalendarComesLater() {
        // Given
        sendReferences();
        Instant later = T.plus(Duration.ofDays(1));
        send("t1", "10.00", "USD", later);
        firn.driver.advanceWallClockTime(Duration.ofSeconds(5));
        List<GenericRecord> before = firn.rows(Topics.SILVER_TRANSACTIONS);

        // When
        firn.send(Topics.RAW_FISCAL_CALENDAR, "3", Events.day(later, 2026, 1, 2, 10));
        firn.driver.advanceWallClockTime(Duration.ofMillis(200));

        // Then
        assertThat(before).isEmpty();
        assertThat(firn.rows(Topics.SILVER_TRANSACTIONS))
                .singleElement()
                .satisfies(row -> assertThat(row.get("fiscal_week")).isEqualTo(10));
    }

    @Test
    void shouldWaitAsLongAsTheReferencesAreBehind() {
        // Given
        firn.progress.currentSince = ReferenceProgress.BEHIND;
        send("t1", "10.00", "USD", T);

        // When
        firn.driver.advanceWallClockTime(Duration.ofHours(1));
        sendReferences();
        firn.driver.advanceWallClockTime(Duration.ofMillis(200));
        int whileBehind = firn.rows(Topics.SILVER_TRANSACTIONS).size();
        firn.progress.currentSince = Instant.now().toEpochMilli();
        firn.driver.advanceWallClockTime(Duration.ofMillis(200));

        // Then
        assertThat(firn.quarantined()).isEmpty();
        assertThat(whileBehind).isZero();
        assertThat(firn.rows(Topics.SILVER_TRANSACTIONS)).hasSize(1);
    }

    @Test
    void shouldQuarantineWhenTheCustomerDoesNotCome() {
        // Given
        byte[] value = firn.encode(Topics.RAW_TRANSACTIONS, Events.transaction("t1", "10.00", "USD", T));
        firn.sendBytes(Topics.RAW_TRANSACTIONS, "C1", value);

        // When
        firn.driver.advanceWallClockTime(Duration.ofMillis(9_999));
        int before = firn.quarantined().size();
        firn.driver.advanceWallClockTime(Duration.ofMillis(201));

        // Then
        assertThat(before).isZero();
        assertThat(firn.quarantined()).singleElement().satisfies(row -> {
            assertThat(row.getReason()).isEqualTo("BROKEN_REFERENCE");
            assertThat(row.getStage()).isEqualTo("process");
            assertThat(row.getField()).isEqualTo("customer_id");
            assertThat(row.getTarget()).isEqualTo(Topics.SILVER_TRANSACTIONS);
            assertThat(row.getSourceTopic()).isEqualTo(Topics.RAW_TRANSACTIONS);
            assertThat(row.getOffset()).isZero();
            assertThat(row.getValue().array()).isEqualTo(value);
        });
        assertThat(firn.tally.waiting().get()).isZero();
    }
}
