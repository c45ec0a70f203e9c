package dev.firn.local;

import dev.firn.embedded.Ports;

/**
 * Who listens where on this machine: ten ports in a row.
 *
 * @param base the first one, from 1024 to 65526
 */
public record PortPlan(int base) {
    static final int DEFAULT_BASE = 8080;
    private static final int COUNT = 10;

    public PortPlan {
        if (base < 1024 || base + COUNT > 65536) {
            throw new CommandException("--port-base " + base + " is not between 1024 and " + (65536 - COUNT));
        }
    }

    public int registry() {
        return base;
    }

    public int generator() {
        return base + 1;
    }

    public int processor() {
        return base + 2;
    }

    public int sink() {
        return base + 3;
    }

    public int s3() {
        return base + 4;
    }

    public int kafka() {
        return base + 5;
    }

    /** Where it is a process of its own. */
    public int catalog() {
        return base + 7;
    }

    /** Of the other sink, where there are two. */
    public int sink2() {
        return base + 8;
    }

    /** Of the engine that answers the dashboard's SQL. */
    public int query() {
        return base + 9;
    }

    /** Those of the infrastructure, Kafka's controller included. */
    public Ports infrastructure() {
        return new Ports(kafka(), base + 6, registry(), s3());
    }
}
