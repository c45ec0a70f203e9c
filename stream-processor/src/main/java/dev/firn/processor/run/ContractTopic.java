package dev.firn.processor.run;

import dev.firn.contract.Contract;
import dev.firn.contract.ContractException;
import dev.firn.contract.FieldRule;
import dev.firn.contract.Rule;
import dev.firn.processor.silver.SilverRows;
import dev.firn.registry.RegisteredSchema;
import dev.firn.registry.SchemaRegistry;
import dev.firn.registry.UnknownSchemaException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A topic that may be taken up by its contract, and the newest contract that is known of it. One that can't be read or
 * flattened does not replace one that can. One thread tells it of schemas; any may ask.
 */
final class ContractTopic {
    private static final Logger LOG = LoggerFactory.getLogger(ContractTopic.class);
    private static final String RAW = "raw.";

    private final String name;
    private int schemaId = -1;
    private volatile @Nullable Contract contract;
    private volatile @Nullable String refusal;

    ContractTopic(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    /** Where its rows go. */
    String silver() {
        return "silver." + (name.startsWith(RAW) ? name.substring(RAW.length()) : name);
    }

    /** Asks for the newest schema, and takes it in if it is another. */
    void learnFrom(SchemaRegistry registry) {
        try {
            learn(registry.latest(name + "-value"));
        } catch (UnknownSchemaException e) {
            LOG.debug("no schema yet topic={}", name);
        }
    }

    /** Topics that its records refer to. */
    Set<String> references() {
        return contract().stream()
                .flatMap(read -> read.rules().stream())
                .map(FieldRule::rule)
                .filter(Rule.References.class::isInstance)
                .map(rule -> ((Rule.References) rule).topic())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Takes in the newest schema, if it is another. */
    void learn(RegisteredSchema newest) {
        if (newest.id() == schemaId) {
            return;
        }
        schemaId = newest.id();
        try {
            Contract read = Contract.of(newest.schema());
            if (!read.isEmpty()) {
                SilverRows.schema(read);
                contract = read;
                LOG.info("contract topic={} schema={} silver={}", name, schemaId, silver());
            }
            refusal = null;
        } catch (ContractException e) {
            refusal = e.getMessage();
            LOG.warn("contract refused topic={} schema={} cause=\"{}\"", name, schemaId, e.getMessage());
        }
    }

    Optional<Contract> contract() {
        return Optional.ofNullable(contract);
    }

    /** Why its newest schema is not the contract that holds. */
    Optional<String> refusal() {
        return Optional.ofNullable(refusal);
    }
}
