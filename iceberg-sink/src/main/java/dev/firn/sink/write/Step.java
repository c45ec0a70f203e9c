package dev.firn.sink.write;

import dev.firn.sink.decode.AvroInput;

/**
 * One part of a {@link RowPlan}: moves over one value, and writes what it holds to the columns below. Immutable; the
 * bytes were checked. Definition levels are known when the plan is made, as each place has but one; of the repetition
 * level only the first value's is not.
 */
interface Step {
    /** Writes the value.
     *
     * @param repetition of the first value of each column below
     */
    void write(AvroInput in, Columns out, int repetition);
}
