package dev.firn.processor.check;

import java.util.List;

/** What a probe found in one record. */
public record Probed(Probe probe, List<Object> values) {}
