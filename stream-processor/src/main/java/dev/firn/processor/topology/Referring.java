package dev.firn.processor.topology;

import dev.firn.contract.Rule;
import dev.firn.processor.decode.Intake;
import dev.firn.processor.enrich.ExtendProcessor;
import dev.firn.processor.enrich.Extension;
import dev.firn.processor.refer.Lookup;
import dev.firn.processor.refer.ReferencesProcessor;
import dev.firn.processor.wait.ReferenceProgress;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.Topology;

/**
 * A step of records that refer to entities: they wait until those are there, without leaving their partition's order, and are
 * extended by them.
 *
 * @param to what they refer to
 */
record Referring(List<ReferenceTopology> to, Extension extension) {
    /** Whether a rule is kept by this step. */
    boolean keeps(Rule rule) {
        return rule instanceof Rule.References references
                && to.stream().anyMatch(each -> each.raw().equals(references.topic()));
    }

    /** Vehicles may wait themselves. */
    private ReferenceProgress progress(Wiring wiring) {
        return to.contains(ReferenceTopology.VEHICLES) ? wiring.vehicles() : wiring.references();
    }

    /** Adds {@code NAME-references} and {@code NAME-extend} after {@code NAME-intake}; the last sends on to its children.
     *
     * @param fronts child for those that wait, if others refer to these
     */
    void addTo(Topology topology, Wiring wiring, String name, Intake.Shape shape, Optional<String> fronts) {
        String waiting = name + "-waiting";
        List<Lookup> known = to.stream()
                .map(each ->
                        new Lookup(each.raw(), each.name(), each.reference().awaited()))
                .toList();
        ReferencesProcessor.Config config = new ReferencesProcessor.Config(
                known,
                waiting,
                wiring.settings().referenceWait(),
                wiring.settings().referenceRetry(),
                progress(wiring),
                true,
                fronts,
                wiring.arrivals(),
                shape,
                wiring.means(),
                wiring.rejects(shape.topic()),
                name + "-extend",
                name + "-quarantine");
        topology.addProcessor(name + "-references", () -> new ReferencesProcessor(config), name + "-intake")
                .addStateStore(Wiring.store(waiting), name + "-references")
                .addProcessor(
                        name + "-extend",
                        () -> new ExtendProcessor(extension, Wiring.REFERENCE_STORES),
                        name + "-references");
    }
}
