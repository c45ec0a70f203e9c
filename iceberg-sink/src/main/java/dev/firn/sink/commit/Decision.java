package dev.firn.sink.commit;

import java.time.Instant;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What an operator decided about a table that had stopped. Part of a ledger from then on.
 *
 * @param table that it is about
 * @param by who decided
 * @param spans offsets that it gives up, or leaves to rows of a former source: see {@link Kind}
 */
public record Decision(Kind kind, String table, String by, Instant at, SortedMap<Source, Span> spans) {
    public Decision {
        spans = Collections.unmodifiableSortedMap(new TreeMap<>(spans));
    }

    /** What can be decided. */
    public enum Kind {
        /**
         * After {@code SOURCE_RECREATED}: the table goes on with the topic that is there now, from its beginning, and keeps the rows
         * of the former one, whose offsets are the decision's spans.
         */
        ACCEPT_NEW_SOURCE,
        /**
         * After {@code PARTITIONS_ADDED}: each key still comes through the partition that it came through before, or has no row yet. There are no
         * spans.
         */
        ACCEPT_PARTITIONS,
        /** After {@code SOURCE_TRUNCATED}: the table goes on where the topic begins now. The spans are what it will never hold. */
        SKIP_LOST_RECORDS,
        /**
         * After {@code LEDGER_LOST}: the table goes on after the last row that it has of each source. The spans are what is read again.
         */
        RESUME_AFTER_ROWS,
        /**
         * After {@code TABLE_REPLACED} in its place, or {@code LEDGER_LOST}: what the table holds now stands for all up to where its former ledger ended. The
         * spans are what is taken on trust.
         */
        KEEP_POSITION,
        /**
         * After {@code TABLE_REPLACED}, {@code TABLE_DROPPED} or {@code LEDGER_LOST}: the table that is there now, or is made anew, begins with an empty
         * ledger.
         */
        START_OVER;

        /** As people write it. */
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** The kind that people write so. */
        public static Optional<Kind> parse(String text) {
            return Stream.of(values()).filter(kind -> kind.text().equals(text)).findFirst();
        }
    }
}
