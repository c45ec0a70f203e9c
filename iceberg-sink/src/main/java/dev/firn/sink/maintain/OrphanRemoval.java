package dev.firn.sink.maintain;

import dev.firn.sink.commit.AgeFence;
import dev.firn.sink.commit.References;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.io.FileInfo;
import org.apache.iceberg.io.SupportsBulkOperations;
import org.apache.iceberg.io.SupportsPrefixOperations;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what crashes and lost races have left behind: files below a table's {@code data/} and {@code metadata/} that are old
 * and that no snapshot refers to.
 *
 * <p>Safe with any number of instances and writers at the same time. Before anything is deleted the {@link AgeFence} is raised
 * to half the age; afterwards no window of Firn's can come into the table whose files could be as old, and what has come in until
 * then is looked for once more. What other engines write must be committed within the age.
 */
final class OrphanRemoval {
    private static final Logger LOG = LoggerFactory.getLogger(OrphanRemoval.class);
    /** In one run; the next one finds the others. */
    private static final int MOST = 10_000;

    private static final String METADATA = "metadata.json";

    private final Clock clock;
    private final Duration age;

    /**
     * By age.
     *
     * @param age many times longer than any clock is wrong by, and any other engine's commit takes
     */
    OrphanRemoval(Clock clock, Duration age) {
        this.clock = clock;
        this.age = age;
    }

    /** Removes what there is of the table given, which is refreshed.
     *
     * @return how many files
     * @throws RuntimeException whatever storage and catalog throw
     */
    int run(Table table) {
        return table.io() instanceof SupportsPrefixOperations storage ? run(table, storage) : 0;
    }

    private int run(Table table, SupportsPrefixOperations storage) {
        table.refresh();
        TableMetadata known = ((HasTableOperations) table).operations().current();
        Found found = find(table, storage, known);
        if (found.orphans.isEmpty()) {
            return 0;
        }
        if (!found.isAlone(table, known)) {
            LOG.warn(
                    "Orphans are left alone: the folder is not this table's alone, or is listed by other names table={}",
                    table.name());
            return 0;
        }
        Instant now = clock.instant();
        if (!new AgeFence(now.minus(age.dividedBy(2))).raise(table)) {
            LOG.info("Orphans are left for later: others were faster table={}", table.name());
            return 0;
        }
        Set<String> rest = References.since(known.lastSequenceNumber(), table).without(found.orphans, true);
        delete(rest, storage);
        LOG.info("Removed orphans table={} files={}", table.name(), rest.size());
        return rest.size();
    }

    private Found find(Table table, SupportsPrefixOperations storage, TableMetadata known) {
        Referenced referenced = Referenced.by(table);
        Found found = new Found(referenced, clock.instant().minus(age));
        for (String folder : List.of("/metadata/", "/data/")) {
            for (FileInfo file : storage.listPrefix(withoutSlash(known.location()) + folder)) {
                found.add(file);
            }
        }
        return found;
    }

    private static String withoutSlash(String location) {
        return location.endsWith("/") ? location.substring(0, location.length() - 1) : location;
    }

    private static void delete(Set<String> files, SupportsPrefixOperations storage) {
        if (storage instanceof SupportsBulkOperations bulk) {
            bulk.deleteFiles(files);
        } else {
            files.forEach(storage::deleteFile);
        }
    }

    /** What a listing has. */
    private static final class Found {
        private final Referenced referenced;
        private final Instant before;
        private final List<String> orphans = new ArrayList<>();
        /** Metadata that the table does not know of. */
        private final List<String> strange = new ArrayList<>();

        private boolean isOurs;

        private Found(Referenced referenced, Instant before) {
            this.referenced = referenced;
            this.before = before;
        }

        private void add(FileInfo file) {
            boolean isMetadata = file.location().endsWith(METADATA);
            if (referenced.mayHave(file.location())) {
                isOurs |= isMetadata;
                return;
            }
            if (isMetadata && strange.size() < MOST) {
                strange.add(file.location());
            }
            if (Instant.ofEpochMilli(file.createdAtMillis()).isBefore(before) && orphans.size() < MOST) {
                orphans.add(file.location());
            }
        }

        /** Whether the table's own metadata was found by the name it goes by, and no other table's. */
        private boolean isAlone(Table table, TableMetadata known) {
            return isOurs
                    && strange.stream()
                            .map(location -> TableMetadataParser.read(table.io(), location))
                            .allMatch(other -> known.uuid().equals(other.uuid()));
        }
    }
}
