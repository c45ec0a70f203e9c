package dev.firn.processor.flatten;

/** Records of one schema can't become rows of the other. */
public final class SchemaMismatchException extends RuntimeException {
    SchemaMismatchException(String message) {
        super(message);
    }
}
