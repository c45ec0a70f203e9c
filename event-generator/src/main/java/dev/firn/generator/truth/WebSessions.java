package dev.firn.generator.truth;

import dev.firn.futuremobility.raw.Activity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * {@code gold.web_sessions} of one partition: a session closes when the partition's watermark is more than the gap past
 * its last event.
 */
final class WebSessions {
    private static final long GAP = 30L * 60 * 1_000_000;

    private record Check(long at, WebSession session) implements Comparable<Check> {
        @Override
        public int compareTo(Check other) {
            return Long.compare(at, other.at);
        }
    }

    private final Map<String, List<WebSession>> open = new HashMap<>();
    private final PriorityQueue<Check> checks = new PriorityQueue<>();
    private final ExpectedTable<WebSession> table;

    /** @param table where closed sessions are counted, shared by all partitions */
    WebSessions(ExpectedTable<WebSession> table) {
        this.table = table;
    }

    void add(Activity activity, long eventTime) {
        WebSession session = new WebSession(activity, eventTime);
        List<WebSession> ofId = open.computeIfAbsent(activity.getSession().getId(), id -> new ArrayList<>(1));
        WebSession grown = null;
        for (Iterator<WebSession> others = ofId.iterator(); others.hasNext(); ) {
            WebSession other = others.next();
            if (other.touches(session, GAP)) {
                others.remove();
                other.join(session);
                session = other;
                grown = other;
            }
        }
        ofId.add(session);
        if (grown == null) {
            checks.add(new Check(session.endedAt(), session));
        }
    }

    /** The partition has got this far. */
    void close(long watermark) {
        while (!checks.isEmpty() && watermark > checks.peek().at() + GAP) {
            WebSession session = checks.remove().session();
            if (watermark > session.endedAt() + GAP) {
                close(session);
            } else {
                checks.add(new Check(session.endedAt(), session));
            }
        }
    }

    private void close(WebSession session) {
        List<WebSession> ofId = open.get(session.id());
        // a session that was joined to another is closed as part of it
        if (ofId != null && ofId.remove(session)) {
            table.add(session);
            if (ofId.isEmpty()) {
                open.remove(session.id());
            }
        }
    }

    static ExpectedTable<WebSession> table() {
        return ExpectedTable.of("gold.web_sessions", WebSession.columns())
                .count("converted sessions", "converted", WebSession::isConverted)
                .money("revenue, currencies mixed", "revenue", WebSession::revenue, null, session -> true);
    }
}
