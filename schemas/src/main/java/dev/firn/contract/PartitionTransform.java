package dev.firn.contract;

import java.util.List;
import java.util.stream.Stream;

/** One part of a table's partitioning.
 *
 * @param param buckets or width; 0 where the transform takes none
 * @param field its path; dots lead into nested records
 */
public record PartitionTransform(Transform transform, int param, String field) {
    /** Several of them, as people write them: {@code day(event_time), bucket(16, customer_id)}; none for a text that is blank.
     *
     * @throws IllegalArgumentException says what is wrong with one of them
     */
    public static List<PartitionTransform> parseAll(String text) {
        return text.isBlank()
                ? List.of()
                // at the commas that are within no parentheses
                : Stream.of(text.split(",(?![^(]*\\))", -1))
                        .map(part -> TransformText.parse(part.strip()))
                        .toList();
    }

    /** As the contract has it: {@code day(event_time)}, {@code bucket(16, customer_id)}, {@code country}. */
    @Override
    public String toString() {
        if (transform == Transform.IDENTITY) {
            return field;
        }
        return transform.text() + "(" + (transform.takesParam() ? param + ", " : "") + field + ")";
    }
}
