package dev.firn.sink.parquet;

import com.github.luben.zstd.Zstd;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.parquet.ParquetCodecFactory;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.jspecify.annotations.Nullable;

/** A file's codec: zstd our own way, any other as Iceberg has it. */
record PageCompression(BytesInputCompressor compressor) {
    static PageCompression of(ParquetLayout layout) {
        CompressionCodecName codec = layout.codec();
        String level = layout.compressionLevel();
        if (codec == CompressionCodecName.ZSTD) {
            return new PageCompression(
                    new ZstdCompressor(level == null ? Zstd.defaultCompressionLevel() : Integer.parseInt(level)));
        }
        Configuration configuration = new Configuration(false);
        if (level != null) {
            configuration.set("zlib.compress.level", level);
            configuration.set("compression.brotli.quality", level);
        }
        return new PageCompression(
                new ParquetCodecFactory(configuration, layout.properties().getPageSizeThreshold())
                        .getCompressor(codec));
    }

    /** The bench that the next pages are made on. */
    void use(@Nullable Workbench bench) {
        if (compressor instanceof ZstdCompressor zstd) {
            zstd.use(bench);
        }
    }
}
