package dev.firn.sink.parquet;

import java.util.Arrays;
import java.util.OptionalLong;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.values.bloomfilter.AdaptiveBlockSplitBloomFilter;
import org.apache.parquet.column.values.bloomfilter.BlockSplitBloomFilter;
import org.apache.parquet.column.values.bloomfilter.BloomFilter;
import org.apache.parquet.column.values.bloomfilter.BloomFilterWriter;
import org.apache.parquet.io.api.Binary;
import org.jspecify.annotations.Nullable;

/** The bloom filter of one column in one row group, if the table asks for one. */
final class Blooms {
    private final @Nullable BloomFilter filter;

    Blooms(ColumnDescriptor column, ParquetProperties properties) {
        filter = properties.isBloomFilterEnabled(column) ? filter(column, properties) : null;
    }

    private static BloomFilter filter(ColumnDescriptor column, ParquetProperties properties) {
        int most = properties.getMaxBloomFilterBytes();
        double wrong = properties.getBloomFilterFPP(column).orElse(BlockSplitBloomFilter.DEFAULT_FPP);
        OptionalLong distinct = properties.getBloomFilterNDV(column);
        if (distinct.isPresent()) {
            int bits = BlockSplitBloomFilter.optimalNumOfBits(distinct.getAsLong(), wrong);
            return new BlockSplitBloomFilter(bits / Byte.SIZE, most);
        }
        return properties.getAdaptiveBloomFilterEnabled(column)
                ? new AdaptiveBlockSplitBloomFilter(
                        most, properties.getBloomFilterCandidatesCount(column), wrong, column)
                : new BlockSplitBloomFilter(most, most);
    }

    boolean isWanted() {
        return filter != null;
    }

    void add(NumberKind kind, long bits) {
        if (filter != null) {
            filter.insertHash(
                    switch (kind) {
                        case INT32 -> filter.hash((int) bits);
                        case INT64 -> filter.hash(bits);
                        case FLOAT -> filter.hash(Float.intBitsToFloat((int) bits));
                        case DOUBLE -> filter.hash(Double.longBitsToDouble(bits));
                    });
        }
    }

    void add(byte[] bytes, int from, int length) {
        if (filter != null) {
            filter.insertHash(
                    filter.hash(Binary.fromConstantByteArray(Arrays.copyOfRange(bytes, from, from + length))));
        }
    }

    void writeTo(BloomFilterWriter writer) {
        if (filter != null) {
            writer.writeBloomFilter(filter);
        }
    }
}
