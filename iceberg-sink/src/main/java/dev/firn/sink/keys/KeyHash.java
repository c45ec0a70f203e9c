package dev.firn.sink.keys;

/** 128 bits of a key's SHA-256: two keys that have the same are taken for one key. */
public record KeyHash(long high, long low) {}
