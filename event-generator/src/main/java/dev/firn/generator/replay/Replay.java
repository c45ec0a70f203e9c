package dev.firn.generator.replay;

import dev.firn.generator.publish.Pace;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** Reads files line by line and sends what it reads, in their order. Holds a line at a time, however large they are. */
public final class Replay {
    private final Conversion conversion;
    private final RecordKey key;
    private final Outbox outbox;
    private final Pace pace;
    private final Report report;
    private final Plan plan;

    /**
     * What to do with what is not as expected.
     *
     * @param stopsAtBadLine or goes on with the next
     * @param ignoresUnknown leaves out fields that the schema does not have; else their lines are bad
     * @param firstLine of each file that is wanted; what stands before is passed over
     */
    public record Plan(boolean stopsAtBadLine, boolean ignoresUnknown, long firstLine) {}

    /** Not begun yet.
     *
     * @param key paths of the fields that the topic key is made of */
    public Replay(Schema schema, List<String> key, Outbox outbox, Pace pace, Report report, Plan plan) {
        this.conversion = new Conversion(schema, plan.ignoresUnknown());
        this.key = new RecordKey(schema, key);
        this.outbox = outbox;
        this.pace = pace;
        this.report = report;
        this.plan = plan;
    }

    /**
     * Sends the files, and waits until all that was sent is acknowledged.
     *
     * @return whether it got to the end
     * @throws dev.firn.generator.publish.PublishException if Kafka refuses a record
     */
    public boolean run(Collection<Source> sources) throws IOException, InterruptedException {
        for (Source source : sources) {
            if (!file(source)) {
                outbox.flush();
                return false;
            }
        }
        outbox.flush();
        return true;
    }

    private boolean file(Source source) throws IOException, InterruptedException {
        report.begins(source.name());
        try (Lines lines = source.format().open(source)) {
            conversion.check(lines.names());
            for (Line line = lines.next(); line != null; line = lines.next()) {
                boolean sound = line.number() < plan.firstLine() || sound(line);
                report.progress(outbox.acknowledged(), lines.done());
                if (!sound && plan.stopsAtBadLine()) {
                    return false;
                }
            }
        } catch (BadValueException e) {
            report.bad(1, e.getMessage());
            return false;
        } catch (CharacterCodingException e) {
            throw new IOException(source.name() + ": not in UTF-8", e);
        }
        return true;
    }

    private boolean sound(Line line) throws InterruptedException {
        if (line instanceof Line.Bad bad) {
            report.bad(bad.number(), bad.problem());
            return false;
        }
        Line.Row row = (Line.Row) line;
        try {
            GenericRecord record = conversion.record(row.values());
            send(key.of(record), record);
            return true;
        } catch (BadValueException e) {
            report.bad(row.number(), e.getMessage());
            return false;
        }
    }

    private void send(byte @Nullable [] recordKey, GenericRecord record) throws InterruptedException {
        for (long early = pace.early(); early > 0; early = pace.early()) {
            TimeUnit.NANOSECONDS.sleep(early);
        }
        pace.gone();
        outbox.send(recordKey, record);
        report.sent();
    }
}
