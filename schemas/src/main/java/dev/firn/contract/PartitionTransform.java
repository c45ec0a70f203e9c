package dev.firn.contract;

/** One part of a table's partitioning.
 *
 * @param param buckets or width; 0 where the transform takes none
 * @param field its path; dots lead into nested records
 */
public record PartitionTransform(Transform transform, int param, String field) {
    /** As the contract has it: {@code day(event_time)}, {@code bucket(16, customer_id)}, {@code country}. */
    @Override
    public String toString() {
        if (transform == Transform.IDENTITY) {
            return field;
        }
        return transform.text() + "(" + (transform.takesParam() ? param + ", " : "") + field + ")";
    }
}
