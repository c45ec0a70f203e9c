package dev.firn.processor.run;

import java.util.Map;
import java.util.Objects;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * Bounds the memory of all stores of the process together: blocks, indexes and filters share one cache, and write buffers
 * are charged to it.
 */
public final class BoundedRocksDb implements RocksDBConfigSetter {
    /** Key of the bound, in bytes. The first one that is seen holds for the process. */
    static final String BYTES = "firn.rocksdb.bytes";

    private static final long WRITE_BUFFER = 4L << 20;

    private record Shared(Cache cache, WriteBufferManager writeBuffers) {
        private static @Nullable Shared instance;

        static synchronized Shared of(long bytes) {
            if (instance == null) {
                RocksDB.loadLibrary();
                Cache cache = new LRUCache(bytes);
                instance = new Shared(cache, new WriteBufferManager(bytes / 2, cache));
            }
            return Objects.requireNonNull(instance);
        }
    }

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        Shared shared = Shared.of((Long) Objects.requireNonNull(configs.get(BYTES), BYTES));
        BlockBasedTableConfig tables = (BlockBasedTableConfig) options.tableFormatConfig();
        tables.setBlockCache(shared.cache);
        tables.setCacheIndexAndFilterBlocks(true);
        tables.setCacheIndexAndFilterBlocksWithHighPriority(true);
        options.setTableFormatConfig(tables);
        options.setWriteBufferManager(shared.writeBuffers);
        options.setWriteBufferSize(WRITE_BUFFER);
        options.setMaxWriteBufferNumber(2);
    }

    @Override
    public void close(String storeName, Options options) {
        // what is shared lives as long as the process
    }
}
