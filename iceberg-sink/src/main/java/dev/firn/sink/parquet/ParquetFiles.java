package dev.firn.sink.parquet;

import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.apache.iceberg.encryption.EncryptedOutputFile;

/** Opens files, which share what memory they have done with. Safe for use by many threads. */
public final class ParquetFiles {
    /** More is left to the garbage collector. */
    private static final long MAX_IDLE = 64L << 20;

    private final ArrayPool pool = new ArrayPool(MAX_IDLE);
    private final Deque<Workbench> benches = new ConcurrentLinkedDeque<>();

    /** A file that is not there before its first row group is full, or the file is complete. */
    public ParquetFile open(ParquetLayout layout, EncryptedOutputFile file) {
        return new ParquetFile(layout, new StoredFile(layout, file), this, new Buffers(pool));
    }

    /** Bytes of memory that all open files hold now. */
    public long held() {
        return pool.held();
    }

    /** Counts memory that is held for a file outside of it, or, if it is less than nothing, that it is gone. */
    public void hold(long more) {
        pool.hold(more);
    }

    Workbench takeBench() {
        Workbench idle = benches.pollFirst();
        return idle == null ? new Workbench() : idle;
    }

    void giveBack(Workbench bench) {
        benches.addFirst(bench);
    }
}
