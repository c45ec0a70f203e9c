package dev.firn.serde;

import dev.firn.quarantine.Reason;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/** The record can't be decoded, now or later: it belongs in quarantine. The detail holds no values of fields. */
public class UndecodableException extends SerializationException {
    private final Reason reason;
    private final String detail;
    private final @Nullable String field;

    public UndecodableException(Reason reason, String detail) {
        this(reason, detail, null);
    }

    public UndecodableException(Reason reason, String detail, @Nullable Throwable cause) {
        this(reason, detail, null, cause);
    }

    private UndecodableException(Reason reason, String detail, @Nullable String field, @Nullable Throwable cause) {
        super(detail, cause);
        this.reason = reason;
        this.detail = detail;
        this.field = field;
    }

    /** The same, of a value within the given one: a field, {@code []} for an array's elements, or {@code {}} for a map's values. */
    public UndecodableException in(String parent) {
        UndecodableException outer = new UndecodableException(reason, detail, path(parent, field), getCause());
        outer.setStackTrace(getStackTrace());
        return outer;
    }

    private static String path(String parent, @Nullable String child) {
        if (child == null) {
            return parent;
        }
        return child.startsWith("[") || child.startsWith("{") ? parent + child : parent + "." + child;
    }

    public Reason reason() {
        return reason;
    }

    /** The path of the field that was wrong, as contracts write it ({@code tags[]}, {@code session.id}); null if it is not known. */
    public @Nullable String field() {
        return field;
    }

    /** What exactly was wrong, for people. */
    public String detail() {
        return detail;
    }
}
