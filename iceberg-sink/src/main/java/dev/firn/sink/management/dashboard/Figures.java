package dev.firn.sink.management.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleBinaryOperator;

/** The numbers of one moment that are kept to be drawn over time, by name: {@code bronze.orders/lag}. */
final class Figures {
    private final Map<String, Double> values = new TreeMap<>();

    private Figures() {}

    static Map<String, Double> of(List<Sighting> sightings) {
        Figures figures = new Figures();
        for (Sighting sighting : sightings) {
            if (sighting.failure().isEmpty()) {
                figures.add(sighting);
            }
        }
        return figures.values;
    }

    private void add(Sighting sighting) {
        JsonNode said = sighting.said();
        switch (sighting.place().role()) {
            case "generator" -> sum("events", said.path("acknowledged").asDouble());
            case "processor" -> {
                sum("processed", said.path("processed").asDouble());
                known("processor/lag", said.path("lag"), Double::sum);
            }
            default -> said.path("tables").forEach(this::addTable);
        }
        if (sighting.memory() > 0) {
            sum("memory", (double) sighting.memory());
        }
    }

    /** Two sinks see the same table, but each has partitions of its own. */
    private void addTable(JsonNode table) {
        String name = table.path("table").asText() + "/";
        known(name + "lag", table.path("lag"), Double::sum);
        known(name + "rows", table.path("rows"), Math::max);
        known(name + "files", table.path("files"), Math::max);
        known(name + "commit", table.path("commit_millis"), Math::max);
        known(name + "fresh50", table.path("freshness_p50_millis"), Math::max);
        known(name + "fresh99", table.path("freshness_p99_millis"), Math::max);
        values.merge(name + "held", held(table.path("ledger")), Math::max);
    }

    /** Records that the ledger accounts for, whether they became rows or went to quarantine. */
    private static double held(JsonNode ledger) {
        double held = 0;
        for (JsonNode topic : ledger) {
            for (JsonNode span : topic) {
                held += span.path(1).asDouble() - span.path(0).asDouble();
            }
        }
        return held;
    }

    private void sum(String name, double value) {
        values.merge(name, value, Double::sum);
    }

    /** Services say -1 for what they don't know. */
    private void known(String name, JsonNode value, DoubleBinaryOperator with) {
        if (value.isNumber() && value.asDouble() >= 0) {
            values.merge(name, value.asDouble(), with::applyAsDouble);
        }
    }
}
