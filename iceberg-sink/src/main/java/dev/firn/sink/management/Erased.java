package dev.firn.sink.management;

import dev.firn.sink.maintain.Erasure;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.catalog.TableIdentifier;

/** What a table held of a key.
 *
 * @param rows of the current snapshot
 * @param files of that, that hold some, deleted ones too
 * @param snapshots that refer to such files
 * @param kept branches and tags that do, and go on doing so
 */
@Serdeable
record Erased(String table, long rows, int files, int snapshots, List<String> kept) {
    static Erased of(Map.Entry<TableIdentifier, Erasure.Found> found) {
        Erasure.Found what = found.getValue();
        return new Erased(found.getKey().toString(), what.rows(), what.files(), what.snapshots(), what.kept());
    }
}
