package dev.firn.local.quarantine;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firn.local.CommandException;
import dev.firn.local.query.Kafka;
import dev.firn.local.query.Warehouse;
import dev.firn.quarantine.Replay;
import dev.firn.registry.ConfluentRegistry;
import dev.firn.registry.RegistryConfig;
import dev.firn.registry.SchemaRegistry;
import dev.firn.sink.inspect.Masked;
import dev.firn.sink.replay.QuarantinedRecord;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code firn quarantine show}. */
@Command(
        name = "show",
        description = "One record, whole: why it is there, and what it holds. What is personal is masked, "
                + "and bytes that nobody can read are not shown, but with --raw.")
final class ShowCommand implements Callable<Integer> {
    @ParentCommand
    private @Nullable QuarantineCommand parent;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "RECORD", description = "TOPIC-PARTITION-OFFSET, as list has it.")
    private String coordinates = "";

    @Option(names = "--raw", description = "Key, headers and value as hexadecimal bytes, too: with personal data.")
    private boolean raw;

    @Override
    public Integer call() throws IOException {
        Path dataDir = requireNonNull(parent).place().dataDir();
        List<QuarantineRow> found;
        try (Warehouse warehouse = Warehouse.open(dataDir)) {
            found = new QuarantineTable(warehouse).at(coordinates);
        }
        if (found.isEmpty()) {
            throw new CommandException("no record " + coordinates + " in quarantine: firn quarantine list shows some");
        }
        Optional<Masked> masked = registry(dataDir).map(Masked::new);
        PrintWriter out = requireNonNull(spec).commandLine().getOut();
        found.forEach(row -> print(row, masked, out));
        return 0;
    }

    private static Optional<SchemaRegistry> registry(Path dataDir) throws IOException {
        return Kafka.runningIn(dataDir)
                .flatMap(Kafka::registryUrl)
                .map(RegistryConfig::of)
                .map(ConfluentRegistry::new);
    }

    private void print(QuarantineRow row, Optional<Masked> masked, PrintWriter out) {
        QuarantinedRecord record = row.record();
        out.println("record       " + record.at().text());
        if (!record.first().equals(record.at().text())) {
            out.println("first        " + record.first());
        }
        out.println("target       " + record.target());
        out.println("rejected by  " + (record.bySink() ? "sink" : "processor"));
        out.println("since        " + row.since());
        out.println("reason       " + record.reason() + " (" + row.stage() + ")");
        out.println("detail       " + row.detail());
        out.println("field        " + row.field());
        out.println("schema       " + row.schemaId());
        record.headers().forEach(header -> out.println("header       " + header(header)));
        out.println("value        " + value(record, masked));
        if (raw) {
            out.println("key bytes    " + hex(record.key()));
            out.println("value bytes  " + hex(record.value()));
        }
        out.println();
        out.flush();
    }

    private static String value(QuarantinedRecord record, Optional<Masked> masked) {
        return masked.map(some -> some.value(record.value(), Replay.topicOf(record.first())))
                .map(JsonNode::toPrettyString)
                .orElse("not shown: no registry runs here (firn up)");
    }

    private String header(Header header) {
        if (header.key().equals(Replay.HEADER)) {
            return header.key() + " " + new String(header.value(), StandardCharsets.UTF_8);
        }
        return header.key() + " " + (raw ? hex(header.value()) : "");
    }

    private static String hex(byte @Nullable [] bytes) {
        return bytes == null ? "null" : HexFormat.of().formatHex(bytes);
    }
}
