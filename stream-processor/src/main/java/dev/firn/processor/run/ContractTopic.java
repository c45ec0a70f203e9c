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
    private final boolean keyed;
    private int schemaId = -1;
    private volatile @Nullable Contract contract;
    private volatile @Nullable String refusal;

    ContractTopic(String name) {
        this(name, false);
    }

    /** @param keyed whether others refer to it: then a contract without a key is refused */
    ContractTopic(String name, boolean keyed) {
        this.name = name;
        this.keyed = keyed;
    }

    String name() {
        return name;
    }

    /** Where its rows go. */
    String silver() {
        return "silver." + (name.startsWith(RAW) ? name.substring(RAW.length()) : name);
    }

    /** Asks for the newest schema, and takes it in if it is another; where it is no contract, the newest before that is. */
    void learnFrom(SchemaRegistry registry) {
        String subject = name + "-value";
        try {
            RegisteredSchema newest = registry.latest(subject);
            if (newest.id() != schemaId) {
                refusal = null;
                Optional<Contract> read = read(newest);
                if (read.isEmpty() && contract == null) {
                    read = former(registry, newest);
                }
                read.ifPresent(found -> contract = found);
                schemaId = newest.id();
            }
        } catch (UnknownSchemaException e) {
            LOG.debug("no schema yet topic={}", name);
        }
    }

    /** What held before, of which only the registry knows after a restart. */
    private Optional<Contract> former(SchemaRegistry registry, RegisteredSchema newest) {
        String refusedFor = refusal;
        Optional<Contract> former = Optional.empty();
        for (int version = newest.version() - 1; version > 0 && former.isEmpty(); version--) {
            try {
                former = read(registry.version(newest.subject(), version));
            } catch (UnknownSchemaException e) {
                LOG.debug("deleted topic={} version={}", name, version);
            }
        }
        refusal = refusedFor;
        return former;
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

    private Optional<Contract> read(RegisteredSchema schema) {
        try {
            Contract read = Contract.of(schema.schema());
            if (read.isEmpty()) {
                return Optional.empty();
            }
            if (keyed && read.key().isEmpty()) {
                throw new ContractException("it has no firn.key, which others refer to");
            }
            SilverRows.schema(read);
            LOG.info("contract topic={} schema={} silver={}", name, schema.id(), silver());
            return Optional.of(read);
        } catch (ContractException e) {
            refusal = e.getMessage();
            LOG.warn("contract refused topic={} schema={} cause=\"{}\"", name, schema.id(), e.getMessage());
            return Optional.empty();
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
