package dev.firn.sink.maintain;

import dev.firn.config.ConfigurationException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
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
 */
public record MaintainSettings(
        boolean enabled, boolean expire, Duration snapshotAge, int snapshots, int snapshotsKept) {
    /** Of the keys in a table's properties. */
    public static final String PREFIX = "firn.maintain.";

    public static final MaintainSettings DEFAULTS = new MaintainSettings(true, true, Duration.ofDays(5), 1_000, 20);

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
                said.count("snapshots-kept", snapshotsKept));
    }

    /** These, changed by a table's properties: Iceberg's own for snapshots, and those that begin with {@link #PREFIX}.
     *
     * @throws ConfigurationException names the property that can't be read
     */
    MaintainSettings of(Map<String, String> properties) {
        Duration age = Duration.ofMillis(
                PropertyUtil.propertyAsLong(properties, TableProperties.MAX_SNAPSHOT_AGE_MS, snapshotAge.toMillis()));
        int kept = PropertyUtil.propertyAsInt(properties, TableProperties.MIN_SNAPSHOTS_TO_KEEP, snapshotsKept);
        boolean deletes = PropertyUtil.propertyAsBoolean(
                properties, TableProperties.GC_ENABLED, TableProperties.GC_ENABLED_DEFAULT);
        return new MaintainSettings(enabled, expire, age, snapshots, kept)
                .with(PREFIX, PropertyUtil.propertiesWithPrefix(properties, PREFIX))
                .expiring(deletes);
    }

    private MaintainSettings expiring(boolean allowed) {
        return new MaintainSettings(enabled, expire && allowed, snapshotAge, snapshots, snapshotsKept);
    }
}
