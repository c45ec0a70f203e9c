package dev.firn.processor.alert;

import java.util.Arrays;

/** How bad it is: each is worse than those before. */
enum Level {
    NONE(0),
    WARNING(1),
    CRITICAL(2);

    private final int code;

    Level(int code) {
        this.code = code;
    }

    /** How it stands in the store. */
    int code() {
        return code;
    }

    static Level of(int code) {
        return Arrays.stream(values())
                .filter(level -> level.code == code)
                .findFirst()
                .orElseThrow();
    }
}
