package dev.firn.processor.window;

import dev.firn.processor.pack.Packer;
import dev.firn.processor.pack.Unpacker;
import java.util.Arrays;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.common.utils.Utils;

/**
 * Facts of many dimensions in one message. Dimensions are in a fixed number of groups, so that a pane takes as many messages
 * at most, unless they get large; all facts of the same dimensions are in the same group.
 */
final class PaneFacts {
    static final int GROUPS = 8;

    /** Of a message that takes no more: far below what it can hold, also with one chunk of the largest kind on top. */
    private static final int MESSAGE_BYTES = 64 * 1024;

    /** Receives the facts of one message. */
    interface Full {
        void message(int group, byte[] facts);
    }

    /** Receives facts. */
    interface Reader {
        void facts(Bytes dimensions, byte[] facts);
    }

    private final Packer[] groups = new Packer[GROUPS];
    private final Full full;

    PaneFacts(Full full) {
        this.full = full;
        Arrays.setAll(groups, group -> new Packer());
    }

    /** Always the same for the same dimensions, also in other versions and processes. */
    static int group(byte[] dimensions) {
        return Utils.toPositive(Utils.murmur2(dimensions)) % GROUPS;
    }

    void add(byte[] dimensions, byte[] facts) {
        int group = group(dimensions);
        if (groups[group].putBytes(dimensions).putBytes(facts).size() >= MESSAGE_BYTES) {
            send(group);
        }
    }

    /** Hands over what is left. */
    void finish() {
        for (int group = 0; group < GROUPS; group++) {
            send(group);
        }
    }

    private void send(int group) {
        if (groups[group].size() > 0) {
            full.message(group, groups[group].toBytes());
            groups[group].reset();
        }
    }

    /** Reads one message. */
    static void read(byte[] message, Reader reader) {
        Unpacker in = new Unpacker(message);
        while (in.hasMore()) {
            reader.facts(Bytes.wrap(in.takeBytes()), in.takeBytes());
        }
    }
}
