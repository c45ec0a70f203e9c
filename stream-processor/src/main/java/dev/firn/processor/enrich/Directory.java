package dev.firn.processor.enrich;

import dev.firn.processor.pack.Utf8s;
import java.math.BigDecimal;
import org.apache.avro.util.Utf8;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** What records refer to, as the global stores have it now. Not for several threads. */
public final class Directory {
    private static final BigDecimal ONE = BigDecimal.ONE.setScale(Rate.SCALE);

    private final KeyValueStore<byte[], byte[]> customers;
    private final KeyValueStore<byte[], byte[]> products;
    private final KeyValueStore<byte[], byte[]> rates;
    private final KeyValueStore<byte[], byte[]> days;
    private final KeyValueStore<byte[], byte[]> stations;
    private final KeyValueStore<byte[], byte[]> vehicles;

    Directory(ProcessingContext context, ReferenceStores stores) {
        this.customers = context.getStateStore(stores.customers());
        this.products = context.getStateStore(stores.products());
        this.rates = context.getStateStore(stores.fxRates());
        this.stations = context.getStateStore(stores.stations());
        this.vehicles = context.getStateStore(stores.vehicles());
        this.days = context.getStateStore(stores.fiscalCalendar());
    }

    @Nullable
    Customer customer(Utf8 id) {
        byte[] found = customers.get(Utf8s.bytes(id));
        return found == null ? null : Customer.unpack(found);
    }

    @Nullable
    Product product(Utf8 id) {
        byte[] found = products.get(Utf8s.bytes(id));
        return found == null ? null : Product.unpack(found);
    }

    @Nullable
    Station station(Utf8 id) {
        byte[] found = stations.get(Utf8s.bytes(id));
        return found == null ? null : Station.unpack(found);
    }

    @Nullable
    Vehicle vehicle(Utf8 id) {
        byte[] found = vehicles.get(Utf8s.bytes(id));
        return found == null ? null : Vehicle.unpack(found);
    }

    /** What the fiscal calendar says of the day, in days since 1970. */
    @Nullable
    FiscalDate fiscal(int date) {
        byte[] found = days.get(FiscalDate.key(date));
        return found == null ? null : FiscalDate.unpack(found);
    }

    /** US dollars for one unit of the currency, by the newest rate that was in force at the time. */
    @Nullable
    BigDecimal toUsd(Utf8 currency, long epochMicros) {
        if (Rate.USD.equals(currency)) {
            return ONE;
        }
        byte[] from = Rate.key(currency, Rate.USD, Long.MIN_VALUE);
        byte[] to = Rate.key(currency, Rate.USD, epochMicros);
        try (KeyValueIterator<byte[], byte[]> newestFirst = rates.reverseRange(from, to)) {
            if (!newestFirst.hasNext()) {
                return null;
            }
            KeyValue<byte[], byte[]> rate = newestFirst.next();
            return Rate.unpack(rate.value);
        }
    }
}
