package dev.firn.generator.truth;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What sales come to by some key, each order counted once for each key. */
final class SalesSums<K> {
    /** The lines of an order come within that time. */
    private static final int DAYS = 7;

    private static final class Order<K> {
        private final Set<K> keys = new HashSet<>();
        private LocalDate last = LocalDate.MIN;
    }

    private final Map<K, SalesTotal> totals = new HashMap<>();
    private final Map<String, Order<K>> orders = new LinkedHashMap<>();

    /** Adds a sale or refund; the total that it belongs to. */
    SalesTotal add(K key, Measured row) {
        SalesTotal total = totals.computeIfAbsent(key, k -> new SalesTotal());
        total.add(row, !row.isRefund() && isNew(row.transaction().getOrderNumber(), row.date(), key));
        return total;
    }

    private boolean isNew(String number, LocalDate date, K key) {
        Order<K> order = orders.remove(number);
        order = order == null ? new Order<>() : order;
        order.last = date;
        orders.put(number, order);
        Iterator<Order<K>> oldest = orders.values().iterator();
        while (ChronoUnit.DAYS.between(oldest.next().last, date) > DAYS) {
            oldest.remove();
        }
        return order.keys.add(key);
    }

    Map<K, SalesTotal> totals() {
        return totals;
    }
}
