package dev.firn.serde;

import dev.firn.quarantine.Reason;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/** The record can't be decoded, now or later: it belongs in quarantine. The detail holds no values of fields. */
public class UndecodableException extends SerializationException {
    private final Reason reason;
    private final String detail;

    public UndecodableException(Reason reason, String detail) {
        this(reason, detail, null);
    }

    public UndecodableException(Reason reason, String detail, @Nullable Throwable cause) {
        super(detail, cause);
        this.reason = reason;
        this.detail = detail;
    }

    public Reason reason() {
        return reason;
    }

    /** What exactly was wrong, for people. */
    public String detail() {
        return detail;
    }
}
