package dev.firn.embedded;

/** A server of the stack. */
enum Part {
    KAFKA,
    REGISTRY,
    S3,
    CATALOG
}
