package dev.firn.sink.consume;

import dev.firn.sink.table.TableKind;
import org.apache.iceberg.catalog.TableIdentifier;

/** Where a topic's records go. */
public record Target(TableIdentifier table, TableKind kind) {}
