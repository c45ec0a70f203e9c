package dev.firn.sink.management.dashboard;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** The last moments' figures, in columns: bounded in moments and in names. Safe for use by many threads. */
final class History {
    private static final int MOST_NAMES = 2_000;

    private final int moments;
    private final long[] at;
    private final Map<String, double[]> columns = new TreeMap<>();
    private long taken;

    /** @param moments that are kept */
    History(int moments) {
        this.moments = moments;
        this.at = new long[moments];
    }

    synchronized void add(long millis, Map<String, Double> figures) {
        int slot = (int) (taken % moments);
        at[slot] = millis;
        columns.values().forEach(column -> column[slot] = Double.NaN);
        figures.forEach((name, value) -> {
            if (columns.size() < MOST_NAMES || columns.containsKey(name)) {
                columns.computeIfAbsent(name, this::column)[slot] = value;
            }
        });
        taken++;
    }

    private double[] column(String name) {
        double[] column = new double[moments];
        Arrays.fill(column, Double.NaN);
        return column;
    }

    /** {@code {"at": [...], "figures": {name: [...]}}}, oldest first; null where there was none. */
    synchronized void writeTo(ObjectNode json) {
        ArrayNode times = json.putArray("at");
        long first = Math.max(0, taken - moments);
        for (long moment = first; moment < taken; moment++) {
            times.add(at[(int) (moment % moments)]);
        }
        ObjectNode figures = json.putObject("figures");
        columns.forEach((name, column) -> {
            ArrayNode values = figures.putArray(name);
            for (long moment = first; moment < taken; moment++) {
                double value = column[(int) (moment % moments)];
                values.add(Double.isNaN(value) ? null : (Double) value);
            }
        });
    }
}
