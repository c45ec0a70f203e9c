package dev.firn.sink.consume;

import dev.firn.sink.write.TableWriter;
import dev.firn.sink.write.WrittenFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The writers of one window: the one that rows go to, and those before it, of earlier schemas. For one thread. */
final class WindowWriters {
    private final List<TableWriter> finished = new ArrayList<>();
    private final List<WrittenFiles> written = new ArrayList<>();
    private @Nullable TableWriter current;

    /** Null before the first. */
    @Nullable
    TableWriter current() {
        return current;
    }

    /** Whether rows have been written with an earlier schema. */
    boolean hasFinished() {
        return !finished.isEmpty();
    }

    /** Completes the files of the current one, if there is one. */
    void finish() {
        TableWriter last = current;
        if (last != null) {
            written.add(last.complete());
            finished.add(last);
            current = null;
        }
    }

    /** From now on rows go to this one. */
    void use(TableWriter next) {
        current = next;
    }

    long bytes() {
        return all().mapToLong(TableWriter::bytes).sum();
    }

    /** Bytes of memory. */
    long held() {
        return all().mapToLong(TableWriter::held).sum();
    }

    OptionalLong maxEventTimeMicros(TopicPartition partition) {
        return all().flatMapToLong(each -> each.maxEventTimeMicros(partition).stream())
                .max();
    }

    WrittenFiles complete() {
        finish();
        return new WrittenFiles(
                written.stream().flatMap(each -> each.files().stream()).toList(),
                sum(WrittenFiles::rows),
                sum(WrittenFiles::bytes),
                sum(WrittenFiles::avroBytes));
    }

    private long sum(ToLongFunction<WrittenFiles> number) {
        return written.stream().mapToLong(number).sum();
    }

    void abort() {
        all().forEach(TableWriter::abort);
    }

    private Stream<TableWriter> all() {
        return Stream.concat(finished.stream(), Stream.ofNullable(current));
    }
}
