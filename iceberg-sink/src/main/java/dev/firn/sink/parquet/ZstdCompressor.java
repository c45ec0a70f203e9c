package dev.firn.sink.parquet;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.jspecify.annotations.Nullable;

/** Compresses a page in one go, on a workbench. What it answers with is good until the next page. */
final class ZstdCompressor implements BytesInputCompressor {
    private final int level;
    private @Nullable Workbench bench;

    ZstdCompressor(int level) {
        this.level = level;
    }

    void use(@Nullable Workbench now) {
        bench = now;
        if (now != null) {
            now.zstd().setLevel(level);
        }
    }

    @Override
    public BytesInput compress(BytesInput bytes) throws IOException {
        Workbench at = Objects.requireNonNull(bench);
        ByteBuffer page = bytes.toByteBuffer(HeapByteBufferAllocator.getInstance(), copy -> {});
        int from = page.arrayOffset() + page.position();
        byte[] into = at.compressed((int) Zstd.compressBound(page.remaining()));
        int size = at.zstd().compressByteArray(into, 0, into.length, page.array(), from, page.remaining());
        return BytesInput.from(into, 0, size);
    }

    @Override
    public CompressionCodecName getCodecName() {
        return CompressionCodecName.ZSTD;
    }

    @Override
    public void release() {
        bench = null;
    }
}
