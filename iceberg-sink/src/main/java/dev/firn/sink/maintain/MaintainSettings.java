package dev.firn.sink.maintain;

import dev.firn.config.ConfigurationException;
import dev.firn.sink.table.UpsertKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.util.PropertyUtil;

/**
 * How a table is kept in order: the defaults, changed by the sink's configuration, and that by the table's own properties.
 *
 * @param enabled whether anything is done at all
 * @param expire whether snapshots are expired
 * @param snapshotAge past which they are
 * @param snapshots that a branch has at most, however young
 * @param snapshotsKept of a branch, however old
 * @param compact whether small files are packed
 * @param minFiles that are to be packed at a time, in a partition that rows still come into
 * @param keyedMinFiles the same, of tables with a key, where each commit may have to delete rows of each file
 * @param settle without new files for that long, none are expected in a partition for now
 * @param deletePercent of the rows of a file: where as many are deleted, it is written anew without them
 * @param workPercent of the time that files are worked on, in short pieces: the rest is left to others
 */
public record MaintainSettings(
        boolean enabled,
        boolean expire,
        Duration snapshotAge,
        int snapshots,
        int snapshotsKept,
        boolean compact,
        int minFiles,
        int keyedMinFiles,
        Duration settle,
        int deletePercent,
        int workPercent) {
    /** Of the keys in a table's properties. */
    public static final String PREFIX = "firn.maintain.";

    public static final MaintainSettings DEFAULTS =
            new MaintainSettings(true, true, Duration.ofDays(5), 1_000, 20, true, 50, 10, Duration.ofHours(1), 20, 50);

    /** The names of what can be set. */
    public static List<String> keys() {
        return Stream.of(MaintainSettings.class.getRecordComponents())
                .map(component ->
                        component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT))
                .toList();
    }

    /** These, changed by what the texts say.
     *
     * @param prefix of the keys, for messages
     * @param texts by key, without the prefix
     * @throws ConfigurationException names the key that can't be read, or that nobody knows
     */
    public MaintainSettings with(String prefix, Map<String, String> texts) {
        SettingTexts said = new SettingTexts(prefix, texts, keys());
        return new MaintainSettings(
                said.flag("enabled", enabled),
                said.flag("expire", expire),
                said.duration("snapshot-age", snapshotAge),
                said.count("snapshots", snapshots),
                said.count("snapshots-kept", snapshotsKept),
                said.flag("compact", compact),
                said.count("min-files", minFiles),
                said.count("keyed-min-files", keyedMinFiles),
                said.duration("settle", settle),
                said.percent("delete-percent", deletePercent),
                said.percent("work-percent", workPercent));
    }

    /** These, changed by a table's properties: Iceberg's own for snapshots, and those that begin with {@link #PREFIX}.
     *
     * @throws ConfigurationException names the property that can't be read
     */
    MaintainSettings of(Map<String, String> properties) {
        return with(PREFIX, icebergs(properties))
                .with(PREFIX, PropertyUtil.propertiesWithPrefix(properties, PREFIX))
                .with(PREFIX, forbidden(properties));
    }

    /** How many small files are enough for a table. */
    int enough(Table table) {
        return UpsertKey.of(table.properties()).isPresent() ? keyedMinFiles : minFiles;
    }

    private static Map<String, String> icebergs(Map<String, String> properties) {
        Map<String, String> texts = new HashMap<>();
        String age = properties.get(TableProperties.MAX_SNAPSHOT_AGE_MS);
        String kept = properties.get(TableProperties.MIN_SNAPSHOTS_TO_KEEP);
        if (age != null) {
            texts.put("snapshot-age", age + "ms");
        }
        if (kept != null) {
            texts.put("snapshots-kept", kept);
        }
        return texts;
    }

    private static Map<String, String> forbidden(Map<String, String> properties) {
        boolean deletes = PropertyUtil.propertyAsBoolean(
                properties, TableProperties.GC_ENABLED, TableProperties.GC_ENABLED_DEFAULT);
        return deletes ? Map.of() : Map.of("expire", "false");
    }
}
