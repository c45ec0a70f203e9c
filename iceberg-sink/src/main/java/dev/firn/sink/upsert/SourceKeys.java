package dev.firn.sink.upsert;

import dev.firn.sink.keys.KeySpace;
import dev.firn.sink.keys.KeyTable;
import java.util.Optional;

/** The live keys of one source, as they are where the ledger has this end. */
final class SourceKeys implements AutoCloseable {
    private final KeyTable keys;
    private Optional<Long> end;

    SourceKeys(KeySpace space, Optional<Long> end) {
        this.keys = new KeyTable(space);
        this.end = end;
    }

    KeyTable keys() {
        return keys;
    }

    Optional<Long> end() {
        return end;
    }

    void end(long now) {
        end = Optional.of(now);
    }

    @Override
    public void close() {
        keys.close();
    }
}
