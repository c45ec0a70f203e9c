package dev.firn.generator.truth;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A slowly changing dimension of type 2: what was said of an entity holds until something else is said of it. Of each entity
 * the newest {@value #KEPT} updates are kept, as the processor keeps them; older ones are settled.
 */
final class Dimension<T> {
    private static final int KEPT = 64;
    private static final int KEY_DIGITS = 32;

    /** An update, and what of it a version tells. */
    private record Said<T>(T update, List<?> attributes) {
        boolean isSame(Said<T> other) {
            return attributes.equals(other.attributes);
        }
    }

    /** One row.
     *
     * @param to null for the current version
     */
    private record Version<T>(
            int number, Instant from, @Nullable Instant to, T said) {}

    private static final class Entity<T> {
        private final NavigableMap<Instant, Said<T>> updates = new TreeMap<>();
        private int settled;
        private Instant settledUntil = Instant.MIN;
    }

    private final Map<String, Entity<T>> entities = new HashMap<>();
    private final Function<T, String> id;
    private final Function<T, Instant> updatedAt;
    private final Function<T, List<?>> attributes;
    private final ExpectedTable<Version<T>> table;

    /**
     * @param name of the table, and of its surrogate key without {@code _key}
     * @param attributes all that a version tells of the entity: where they are the same, nothing has changed
     * @param columns of those that a digest can cover
     */
    Dimension(
            String name,
            Function<T, String> id,
            Function<T, Instant> updatedAt,
            Function<T, List<?>> attributes,
            Columns<T> columns) {
        this.id = id;
        this.updatedAt = updatedAt;
        this.attributes = attributes;
        this.table = ExpectedTable.of("silver.dim_" + name, columns(name + "_key", columns))
                .count("current versions", "is_current", version -> version.to() == null);
    }

    private Columns<Version<T>> columns(String surrogate, Columns<T> attributeColumns) {
        return attributeColumns
                .<Version<T>>within(Version::said)
                .text(surrogate, this::surrogate)
                .number("version", Version::number)
                .time("valid_from", Version::from)
                .text("epoch_us(valid_to)", Dimension::end)
                .flag("is_current", version -> version.to() == null);
    }

    private static @Nullable String end(Version<?> version) {
        return version.to() == null ? null : Long.toString(Columns.microsOf(version.to()));
    }

    private String surrogate(Version<T> version) {
        String named = id.apply(version.said()) + "|" + Columns.microsOf(version.from());
        return HexFormat.of().formatHex(Digest.sha256(named)).substring(0, KEY_DIGITS);
    }

    void add(T update) {
        Entity<T> entity = entities.computeIfAbsent(id.apply(update), first -> new Entity<>());
        Instant time = updatedAt.apply(update);
        if (!time.isAfter(entity.settledUntil)) {
            return;
        }
        List<Version<T>> before = versions(entity);
        entity.updates.put(time, new Said<>(update, attributes.apply(update)));
        replace(before, versions(entity));
        settle(entity);
    }

    private void replace(List<Version<T>> before, List<Version<T>> after) {
        int same = 0;
        while (same < Math.min(before.size(), after.size()) && before.get(same).equals(after.get(same))) {
            same++;
        }
        before.subList(same, before.size()).forEach(table::remove);
        after.subList(same, after.size()).forEach(table::add);
    }

    private List<Version<T>> versions(Entity<T> entity) {
        List<Version<T>> versions = new ArrayList<>();
        Map.Entry<Instant, Said<T>> begin = entity.updates.firstEntry();
        while (begin != null) {
            Map.Entry<Instant, Said<T>> end = entity.updates.higherEntry(begin.getKey());
            while (end != null && begin.getValue().isSame(end.getValue())) {
                end = entity.updates.higherEntry(end.getKey());
            }
            int number = entity.settled + versions.size() + 1;
            versions.add(new Version<>(
                    number,
                    begin.getKey(),
                    end == null ? null : end.getKey(),
                    begin.getValue().update()));
            begin = end;
        }
        return versions;
    }

    private void settle(Entity<T> entity) {
        if (entity.updates.size() <= KEPT) {
            return;
        }
        Map.Entry<Instant, Said<T>> first = entity.updates.firstEntry();
        Map.Entry<Instant, Said<T>> second = Objects.requireNonNull(entity.updates.higherEntry(first.getKey()));
        entity.settledUntil = second.getKey();
        if (first.getValue().isSame(second.getValue())) {
            entity.updates.remove(second.getKey());
        } else {
            entity.updates.remove(first.getKey());
            entity.settled++;
        }
    }

    List<Expectation> expectations() {
        return table.expectations();
    }
}
