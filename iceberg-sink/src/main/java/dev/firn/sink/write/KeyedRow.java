package dev.firn.sink.write;

import dev.firn.sink.keys.KeyHash;

/** A row of an upsert table: what it is about, and where it is. */
public record KeyedRow(KeyHash key, String file, long position) {}
