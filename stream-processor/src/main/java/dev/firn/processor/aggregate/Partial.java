package dev.firn.processor.aggregate;

import dev.firn.processor.pack.Packer;
import dev.firn.processor.pack.Unpacker;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/** What one raw partition has of a member of a board, whole: it replaces what it had before.
 *
 * @param sums null if it no longer has any
 */
record Partial(int partition, Bytes member, @Nullable Sums sums) {
    byte[] pack() {
        Packer out = new Packer().putLong(partition).putBytes(member.get());
        if (sums != null) {
            sums.pack(out);
        }
        return out.toBytes();
    }

    static Partial unpack(byte[] bytes) {
        Unpacker in = new Unpacker(bytes);
        int partition = (int) in.takeLong();
        Bytes member = Bytes.wrap(in.takeBytes());
        return new Partial(partition, member, in.hasMore() ? Sums.unpack(in) : null);
    }

    /** The message's key: partials of one board go to one task. */
    static byte[] key(Board board, byte[] name) {
        return new Packer().putByte(board.id()).putRaw(name, name.length).toBytes();
    }
}
