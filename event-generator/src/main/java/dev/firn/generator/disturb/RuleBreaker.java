package dev.firn.generator.disturb;

import dev.firn.futuremobility.raw.Activity;
import dev.firn.futuremobility.raw.Customer;
import dev.firn.futuremobility.raw.FxRate;
import dev.firn.futuremobility.raw.Product;
import dev.firn.futuremobility.raw.Transaction;
import dev.firn.generator.chance.Dice;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/** Makes records that decode well and break exactly one rule of their contract. */
public final class RuleBreaker {
    private static final BigDecimal MINUS_ONE = new BigDecimal("-1.00");
    private static final List<Consumer<Activity>> ACTIVITY = List.of(
            a -> a.setEventType("hover"),
            a -> a.setEventId(" "),
            a -> a.getUser().setEmail("nobody at example.com"),
            a -> a.getUserAgent().setDeviceType("fridge"),
            a -> a.getPage().setPath(""),
            a -> a.getLocation().setCountry("Germany"),
            a -> a.getLocation().setLatitude(123.25),
            a -> a.getEngagement().setDwellMs(-5),
            a -> a.getEngagement().setScrollPercent(140));
    private static final List<Consumer<Transaction>> TRANSACTIONS = List.of(
            t -> t.setQuantity(0),
            t -> t.setCurrency("usd"),
            t -> t.setTerritory("MOON"),
            t -> t.setLine(0),
            t -> t.setUnitPrice(MINUS_ONE),
            t -> t.setChannel("telepathy"));
    private static final List<Consumer<Transaction>> REFERENCES = List.of(
            t -> t.setCustomerId("C-nobody"),
            t -> t.setProductId("P-nothing"),
            // the code for tests: of the right form, and never with a rate
            t -> t.setCurrency("XTS"));
    private static final List<Consumer<Customer>> CUSTOMERS = List.of(
            c -> c.setEmail("not an address"),
            c -> c.setLoyaltyTier("diamond"),
            c -> c.setFirstName(""),
            c -> c.getAddress().setCountry("xx"));
    private static final List<Consumer<Product>> PRODUCTS =
            List.of(p -> p.setKind("gadget"), p -> p.setListPrice(MINUS_ONE), p -> p.setName(" "));

    private final Dice dice;

    public RuleBreaker(Dice dice) {
        this.dice = dice;
    }

    public Activity broken(Activity intact) {
        return with(intact, ACTIVITY);
    }

    public Transaction broken(Transaction intact) {
        return with(intact, TRANSACTIONS);
    }

    /** Breaks no rule by itself, but refers to what does not exist. */
    public Transaction astray(Transaction intact) {
        return with(intact, REFERENCES);
    }

    public Customer broken(Customer intact) {
        return with(intact, CUSTOMERS);
    }

    public Product broken(Product intact) {
        return with(intact, PRODUCTS);
    }

    public FxRate broken(FxRate intact) {
        return with(intact, List.of(rate -> rate.setRate(new BigDecimal("-1.00000000"))));
    }

    @SuppressWarnings("unchecked") // a copy is of the same class
    private <T extends SpecificRecord> T with(T intact, List<Consumer<T>> faults) {
        T copy = (T) copy(intact);
        dice.oneOf(faults).accept(copy);
        return copy;
    }

    /** By hand, because Avro's own copying makes objects by the names in schemas, and wants to be told whom to trust. */
    private static Object copy(Object value) {
        if (!(value instanceof SpecificRecord record)) {
            return value;
        }
        var copy = (SpecificRecord) SpecificData.newInstance(record.getClass(), record.getSchema());
        for (int field = 0; field < record.getSchema().getFields().size(); field++) {
            copy.put(field, copy(record.get(field)));
        }
        return copy;
    }
}
