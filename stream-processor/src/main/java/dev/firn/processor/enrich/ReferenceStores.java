package dev.firn.processor.enrich;

/** Names of the global stores. */
public record ReferenceStores(
        String customers, String products, String fxRates, String fiscalCalendar, String stations, String vehicles) {}
