package dev.firn.generator.sequence;

import dev.firn.futuremobility.raw.Activity;
import dev.firn.futuremobility.raw.Session;
import dev.firn.generator.chance.Dice;
import dev.firn.generator.disturb.Shares;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Simulated time, and activity that arrives after its time. */
final class Timeline {
    private static final long SECOND = 1_000_000;
    private static final long MINUTE = 60 * SECOND;

    private final long startMicros;
    private final long stepMicros;

    Timeline(Knobs knobs) {
        startMicros = micros(knobs.start());
        stepMicros = knobs.step().toNanos() / 1_000;
    }

    /** When the event is sent. */
    long at(long seq) {
        return startMicros + Math.max(0, seq) * stepMicros;
    }

    /** The event, or now and then one that happened earlier than it is sent. */
    static Activity displaced(Activity activity, Shares shares, Dice dice) {
        long back = back(shares, dice);
        return back == 0 ? activity : earlier(activity, back);
    }

    /** By how much the next one happened earlier than it is sent: most by nothing. */
    static long back(Shares shares, Dice dice) {
        double kind = dice.fraction();
        if (kind < shares.late()) {
            return dice.within(10 * MINUTE + SECOND, 50 * MINUTE);
        }
        return kind < shares.late() + shares.outOfOrder() ? dice.within(1, 60 * SECOND) : 0;
    }

    private static Activity earlier(Activity activity, long micros) {
        Instant time = activity.getEventTime().minus(micros, ChronoUnit.MICROS);
        Session session = activity.getSession();
        Instant started = session.getStartedAt().isBefore(time) ? session.getStartedAt() : time;
        return new Activity(
                activity.getEventId(),
                activity.getEventType(),
                time,
                new Session(
                        session.getId(), started, session.getEntryPath(), session.getReferrer(), session.getCampaign()),
                activity.getUser(),
                activity.getUserAgent(),
                activity.getPage(),
                activity.getLocation(),
                activity.getEngagement(),
                activity.getProduct(),
                activity.getExperiments(),
                activity.getTags());
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }
}
