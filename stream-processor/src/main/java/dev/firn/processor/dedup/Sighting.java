package dev.firn.processor.dedup;

/** When an id was seen.
 *
 * @param at the newest event time of the partition then
 */
record Sighting(IdHash id, long at) {}
