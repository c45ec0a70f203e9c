package dev.firn.quarantine;

/** Why a record was set aside. The set is closed; the names stand in {@code ops.quarantine}. */
public enum Reason {
    /** No value where the topic is not keyed by entity: nothing to store. */
    NULL_VALUE(Stage.DECODE),
    /** Shorter than the wire format's header of 5 bytes, or not begun by 0. */
    BAD_MAGIC(Stage.DECODE),
    /** The registry holds no schema with the id that the record names. */
    UNKNOWN_SCHEMA_ID(Stage.DECODE),
    /** The bytes are not what the schema says: cut short, out of range, or followed by more. */
    MALFORMED(Stage.DECODE),
    /** At least one of the contract's rules of severity error failed. */
    RULE_FAILED(Stage.CONTRACT),
    /** Its event time is further ahead than a clock may be. */
    AHEAD_OF_TIME(Stage.CONTRACT),
    /** A record that this one refers to did not arrive in time. */
    BROKEN_REFERENCE(Stage.PROCESS),
    /** The processing of the record threw. */
    PROCESSING_FAILED(Stage.PROCESS),
    /** What was made of the record could not be produced. */
    PRODUCTION_FAILED(Stage.PROCESS),
    /** The record's schema can't be brought into the table's. */
    INCOMPATIBLE_SCHEMA(Stage.CONVERT),
    /** The topic's records go to tables by the value of a field, and no table takes this one. */
    NO_ROUTE(Stage.CONVERT),
    /** A value does not fit the column's type. */
    CONVERSION_FAILED(Stage.CONVERT);

    private final Stage stage;

    Reason(Stage stage) {
        this.stage = stage;
    }

    public Stage stage() {
        return stage;
    }
}
