package dev.firn.processor.topology;

import dev.firn.futuremobility.raw.Activity;
import dev.firn.futuremobility.raw.Address;
import dev.firn.futuremobility.raw.Customer;
import dev.firn.futuremobility.raw.Engagement;
import dev.firn.futuremobility.raw.FiscalDay;
import dev.firn.futuremobility.raw.FxRate;
import dev.firn.futuremobility.raw.Location;
import dev.firn.futuremobility.raw.Page;
import dev.firn.futuremobility.raw.Product;
import dev.firn.futuremobility.raw.Session;
import dev.firn.futuremobility.raw.Transaction;
import dev.firn.futuremobility.raw.User;
import dev.firn.futuremobility.raw.UserAgent;
import dev.firn.futuremobility.raw.ViewedProduct;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** Valid raw records, to be changed by each test. */
public final class Events {
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private Events() {}

    public static Activity activity(String id, String session, Instant time) {
        return Activity.newBuilder()
                .setEventId(id)
                .setEventType("page_view")
                .setEventTime(time)
                .setSession(Session.newBuilder()
                        .setId(session)
                        .setStartedAt(START)
                        .setEntryPath("/")
                        .build())
                .setUser(User.newBuilder()
                        .setAnonymousId("anon")
                        .setCustomerId("C1")
                        .setEmail("ada@example.com")
                        .build())
                .setUserAgent(UserAgent.newBuilder()
                        .setRaw("Mozilla/5.0 \"x\"")
                        .setBrowser("Firefox")
                        .setBrowserVersion("128")
                        .setOs("Linux")
                        .setDeviceType("desktop")
                        .setIsBot(false)
                        .build())
                .setPage(Page.newBuilder()
                        .setUrl("https://shop.example/p/1")
                        .setPath("/p/1")
                        .setTitle("Grün\n1")
                        .build())
                .setLocation(Location.newBuilder()
                        .setCountry("DE")
                        .setRegion("BE")
                        .setCity("Berlin")
                        .setLatitude(52.5)
                        .setLongitude(13.4)
                        .setIp("192.168.1.17")
                        .build())
                .setEngagement(Engagement.newBuilder()
                        .setDwellMs(1000)
                        .setScrollPercent(50)
                        .setClicks(1)
                        .setFormFieldsFilled(0)
                        .build())
                .setExperiments(Map.of("checkout", "b"))
                .setTags(List.of("new", "eu"))
                .build();
    }

    public static Activity purchase(String id, String session, Instant time, String price, String currency) {
        Activity event = activity(id, session, time);
        event.setEventType("purchase");
        event.setProduct(ViewedProduct.newBuilder()
                .setProductId("P1")
                .setPrice(new BigDecimal(price))
                .setCurrency(currency)
                .build());
        return event;
    }

    public static Customer customer(String id) {
        return Customer.newBuilder()
                .setCustomerId(id)
                .setFirstName("Ada")
                .setLastName("Lovelace")
                .setEmail("ada@example.com")
                .setAddress(Address.newBuilder()
                        .setLine1("1 Way")
                        .setCity("Berlin")
                        .setPostalCode("10115")
                        .setCountry("DE")
                        .build())
                .setLoyaltyTier("gold")
                .setMarketingConsent(true)
                .setCreatedAt(START)
                .setUpdatedAt(START)
                .build();
    }

    public static Product product(String id) {
        return Product.newBuilder()
                .setProductId(id)
                .setName("Roadster")
                .setFamily("cars")
                .setFamilyName("Cars")
                .setKind("vehicle")
                .setListPrice(new BigDecimal("40000.00"))
                .setCurrency("EUR")
                .setUpdatedAt(START)
                .build();
    }

    public static FxRate rate(String base, String rate, Instant asOf) {
        return FxRate.newBuilder()
                .setBase(base)
                .setQuote("USD")
                .setRate(new BigDecimal(rate))
                .setAsOf(asOf)
                .build();
    }

    /** A day of the fiscal calendar.
     *
     * @param fiscal year, quarter, month and week
     */
    public static FiscalDay day(Instant time, int... fiscal) {
        return FiscalDay.newBuilder()
                .setDate(LocalDate.ofInstant(time, ZoneOffset.UTC))
                .setFiscalYear(fiscal[0])
                .setFiscalQuarter(fiscal[1])
                .setFiscalMonth(fiscal[2])
                .setFiscalWeek(fiscal[3])
                .setIsHoliday(false)
                .setUpdatedAt(START)
                .build();
    }

    public static Transaction transaction(String id, String amount, String currency, Instant time) {
        return Transaction.newBuilder()
                .setTransactionId(id)
                .setOrderNumber("O1")
                .setLine(1)
                .setCustomerId("C1")
                .setProductId("P1")
                .setQuantity(1)
                .setUnitPrice(new BigDecimal(amount).abs())
                .setAmount(new BigDecimal(amount))
                .setCurrency(currency)
                .setTerritory("EMEA")
                .setStatus(amount.startsWith("-") ? "refunded" : "completed")
                .setChannel("web")
                .setPaymentMethod("card")
                .setTransactionTime(time)
                .build();
    }
}
