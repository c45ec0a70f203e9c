package dev.firn.sink.inspect;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.util.PropertyUtil;
import org.apache.iceberg.util.StructLikeWrapper;

/** How far a table's files are from those that a batch load would have made.
 *
 * @param small files below three quarters of the target size, where a partition has more than one
 * @param target bytes, {@code write.target-file-size-bytes}
 * @param needed files that would hold the same, at the target size, in each partition
 */
public record FileDebt(long files, long bytes, long small, long smallBytes, long target, long needed, int partitions) {
    static FileDebt of(Table table) {
        long target = PropertyUtil.propertyAsLong(
                table.properties(),
                TableProperties.WRITE_TARGET_FILE_SIZE_BYTES,
                TableProperties.WRITE_TARGET_FILE_SIZE_BYTES_DEFAULT);
        Map<Group, Count> groups = new HashMap<>();
        try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
            tasks.forEach(task -> groups.computeIfAbsent(Group.of(task, table), each -> new Count())
                    .add(task.file(), target));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sum(groups, target);
    }

    private static FileDebt sum(Map<Group, Count> groups, long target) {
        FileDebt sum = new FileDebt(0, 0, 0, 0, target, 0, groups.size());
        for (Count count : groups.values()) {
            boolean alone = count.files == 1;
            sum = new FileDebt(
                    sum.files + count.files,
                    sum.bytes + count.bytes,
                    sum.small + (alone ? 0 : count.small),
                    sum.smallBytes + (alone ? 0 : count.smallBytes),
                    target,
                    sum.needed + Math.max(1, (count.bytes + target - 1) / target),
                    groups.size());
        }
        return sum;
    }

    private record Group(int spec, StructLikeWrapper partition) {
        static Group of(FileScanTask task, Table table) {
            StructLike values = task.file().partition();
            return new Group(
                    task.file().specId(),
                    StructLikeWrapper.forType(
                                    requireNonNull(table.specs().get(task.file().specId()))
                                            .partitionType())
                            .set(values));
        }
    }

    private static final class Count {
        private long files;
        private long bytes;
        private long small;
        private long smallBytes;

        private void add(DataFile file, long target) {
            files++;
            bytes += file.fileSizeInBytes();
            if (file.fileSizeInBytes() < target / 4 * 3) {
                small++;
                smallBytes += file.fileSizeInBytes();
            }
        }
    }
}
