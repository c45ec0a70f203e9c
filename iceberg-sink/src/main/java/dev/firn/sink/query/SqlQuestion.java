package dev.firn.sink.query;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One statement that only reads, which who asked it can take back. Safe for use by many threads. */
public final class SqlQuestion {
    private static final int LONGEST = 20_000;
    private static final Set<String> READING =
            Set.of("select", "with", "values", "table", "from", "show", "describe", "desc", "summarize");
    private static final Pattern BEGINNING =
            Pattern.compile("\\A(?:\\s|\\(|--[^\\r\\n]*+(?:[\\r\\n]|\\z)|/\\*(?s:.*?)\\*/)*+([a-zA-Z]*)");
    private static final Pattern END = Pattern.compile("[;\\s]*+\\z");

    private final String text;
    private volatile boolean stopped;

    private SqlQuestion(String text) {
        this.text = text;
    }

    /**
     * By its first word: no statement of Trino's that begins so changes anything.
     *
     * @throws SqlException if it is empty, too long, or might change something
     */
    public static SqlQuestion of(String sql) throws SqlException {
        if (sql.length() > LONGEST) {
            throw new SqlException("a statement has at most " + LONGEST + " characters");
        }
        Matcher beginning = BEGINNING.matcher(sql);
        if (!beginning.lookingAt() || !READING.contains(beginning.group(1).toLowerCase(Locale.ROOT))) {
            throw new SqlException(
                    "tables are only read here: a SELECT, WITH, VALUES, TABLE, SHOW or DESCRIBE is expected");
        }
        return new SqlQuestion(END.matcher(sql).replaceFirst(""));
    }

    /** Without what ends a statement, which the protocol does not take. */
    String text() {
        return text;
    }

    /** Takes it back: it ends soon, as one that was refused. */
    public void stop() {
        stopped = true;
    }

    void requireWanted() throws SqlException {
        if (stopped) {
            throw new SqlException("stopped");
        }
    }
}
