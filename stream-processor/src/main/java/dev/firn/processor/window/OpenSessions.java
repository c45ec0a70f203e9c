package dev.firn.processor.window;

import dev.firn.processor.pack.Packer;
import dev.firn.processor.pack.Unpacker;
import dev.firn.processor.pack.Utf8s;
import dev.firn.processor.store.Form;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/** The open sessions of one session id: mostly one, more while out-of-order events may still join or split them.
 *
 * @param due when to look whether one of them has closed
 */
public record OpenSessions(long due, List<OpenSession> sessions) {
    /** How they are kept. */
    public static final Form<OpenSessions> FORM = new Form<>() {
        @Override
        public byte[] bytes(OpenSessions value) {
            return value.pack();
        }

        @Override
        public OpenSessions value(byte[] bytes) {
            return unpack(bytes);
        }

        @Override
        public int size(OpenSessions value) {
            return SIZE * value.sessions.size();
        }
    };

    private static final int MONEY_SCALE = 2;

    /** Of a session in memory, about: its texts above all. */
    private static final int SIZE = 1000;

    private byte[] pack() {
        Packer out = new Packer().putLong(due).putLong(sessions.size());
        for (OpenSession session : sessions) {
            pack(session, out);
        }
        return out.toBytes();
    }

    private static OpenSessions unpack(byte[] bytes) {
        Unpacker in = new Unpacker(bytes);
        long due = in.takeLong();
        int size = (int) in.takeLong();
        List<OpenSession> sessions = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            sessions.add(unpack(in));
        }
        return new OpenSessions(due, sessions);
    }

    private static void pack(OpenSession session, Packer out) {
        OpenSession.First first = session.first();
        first.at().pack(out);
        Utf8s.put(first.country(), out);
        Utf8s.put(first.deviceType(), out);
        Utf8s.put(first.path(), out);
        pack(session.last(), out);
        pack(session.customer(), out);
        pack(session.purchase(), out);
        out.putLong(session.events()).putLong(session.pages()).putByte(session.converted() ? 1 : 0);
        out.putBytes(session.revenue().unscaledValue().toByteArray());
    }

    private static OpenSession unpack(Unpacker in) {
        Mark at = Mark.unpack(in);
        Utf8 country = Utf8s.take(in);
        Utf8 deviceType = Utf8s.take(in);
        return new OpenSession(
                new OpenSession.First(at, country, deviceType, Utf8s.take(in)),
                Objects.requireNonNull(last(in)),
                last(in),
                last(in),
                in.takeLong(),
                in.takeLong(),
                in.takeByte() == 1,
                new BigDecimal(new BigInteger(in.takeBytes()), MONEY_SCALE));
    }

    private static void pack(OpenSession.@Nullable Last last, Packer out) {
        out.putByte(last == null ? 0 : 1);
        if (last != null) {
            last.at().pack(out);
            Utf8s.put(last.text(), out);
        }
    }

    private static OpenSession.@Nullable Last last(Unpacker in) {
        return in.takeByte() == 0 ? null : new OpenSession.Last(Mark.unpack(in), Utf8s.take(in));
    }
}
