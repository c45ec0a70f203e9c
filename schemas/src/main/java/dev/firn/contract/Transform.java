package dev.firn.contract;

import java.util.Locale;

/** Iceberg's partition transforms. */
public enum Transform {
    IDENTITY,
    YEAR,
    MONTH,
    DAY,
    HOUR,
    BUCKET,
    TRUNCATE;

    /** As contracts write it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean takesParam() {
        return this == BUCKET || this == TRUNCATE;
    }

    /** Iceberg's own rules for what can be transformed. */
    boolean appliesTo(Kind kind) {
        return switch (this) {
            case IDENTITY -> kind != Kind.COMPOSITE;
            case YEAR, MONTH, DAY -> kind == Kind.DATE || kind == Kind.TIMESTAMP;
            case HOUR -> kind == Kind.TIMESTAMP;
            case BUCKET -> kind != Kind.COMPOSITE && kind != Kind.FRACTION && kind != Kind.BOOLEAN;
            case TRUNCATE -> kind == Kind.TEXT || kind == Kind.WHOLE || kind == Kind.DECIMAL || kind == Kind.BINARY;
        };
    }
}
