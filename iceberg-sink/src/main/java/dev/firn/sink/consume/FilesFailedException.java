package dev.firn.sink.consume;

/** Catalog or storage failed a window's files. The window is lost; its records can be read again. */
final class FilesFailedException extends RuntimeException {
    FilesFailedException(RuntimeException cause) {
        super(cause);
    }
}
