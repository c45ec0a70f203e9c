package dev.firn.generator.company;

import dev.firn.futuremobility.raw.Connector;
import dev.firn.futuremobility.raw.Station;
import dev.firn.futuremobility.raw.StationLocation;
import java.time.Instant;
import java.util.List;

/** A charging station: what is plugged in until when, and whether it is open. */
final class Charger {
    private final String id;
    private final String name;
    private final StationLocation location;
    private final List<Connector> connectors;
    private final long[] freeFrom;
    private String status = "open";

    Charger(String id, String name, StationLocation location, List<Connector> connectors) {
        this.id = id;
        this.name = name;
        this.location = location;
        this.connectors = connectors;
        this.freeFrom = new long[connectors.size()];
    }

    String id() {
        return id;
    }

    List<Connector> connectors() {
        return connectors;
    }

    boolean open() {
        return status.equals("open");
    }

    void status(String now) {
        status = now;
    }

    /** Whether nothing was plugged into the connector since the time. */
    boolean freeSince(int connector, long micros) {
        return freeFrom[connector] <= micros;
    }

    void usedUntil(int connector, long micros) {
        freeFrom[connector] = micros;
    }

    Station record(Instant now) {
        return new Station(id, name, location, connectors, connectors.size(), status, now);
    }
}
