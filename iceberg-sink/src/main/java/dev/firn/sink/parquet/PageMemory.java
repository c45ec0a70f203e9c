package dev.firn.sink.parquet;

import java.nio.ByteBuffer;
import org.apache.parquet.bytes.ByteBufferAllocator;

/** Memory for finished pages, counted as the file's. */
record PageMemory(Buffers buffers) implements ByteBufferAllocator {
    @Override
    public ByteBuffer allocate(int size) {
        buffers.hold(size);
        return ByteBuffer.allocate(size);
    }

    @Override
    public void release(ByteBuffer page) {
        buffers.hold(-page.capacity());
    }

    @Override
    public boolean isDirect() {
        return false;
    }
}
