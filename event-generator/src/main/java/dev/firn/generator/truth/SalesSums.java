package dev.firn.generator.truth;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What sales come to by some key, each order counted once for each key. */
final class SalesSums<K> {
    /** The lines of an order are sold one after the other: no more than a few of other orders come in between. */
    private static final int OPEN_ORDERS = 1_000;

    private final Map<K, SalesTotal> totals = new HashMap<>();
    /** The keys that an order was counted for; who bought last stands last. */
    private final Map<String, Set<K>> orders = new LinkedHashMap<>();

    /** Adds a sale or refund; the total that it belongs to. */
    SalesTotal add(K key, Measured row) {
        SalesTotal total = totals.computeIfAbsent(key, k -> new SalesTotal());
        total.add(row, !row.isRefund() && isNew(row.transaction().getOrderNumber(), key));
        return total;
    }

    private boolean isNew(String order, K key) {
        Set<K> keys = orders.remove(order);
        keys = keys == null ? new HashSet<>() : keys;
        orders.put(order, keys);
        if (orders.size() > OPEN_ORDERS) {
            Iterator<Set<K>> oldest = orders.values().iterator();
            oldest.next();
            oldest.remove();
        }
        return keys.add(key);
    }

    Map<K, SalesTotal> totals() {
        return totals;
    }
}
