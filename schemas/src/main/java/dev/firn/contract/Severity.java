package dev.firn.contract;

/** What becomes of a record that fails a rule. */
public enum Severity {
    /** It goes to quarantine. */
    ERROR,
    /** It goes on, and is counted. */
    WARNING
}
