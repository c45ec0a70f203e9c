package dev.firn.contract;

/** A rule on the values at a path.
 *
 * @param text the rule as the contract has it, for metrics and quarantine
 */
public record FieldRule(FieldPath path, Rule rule, Severity severity, String text) {}
