package dev.firn.contract;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.apache.avro.Schema;

/** The contracts that come with Firn, by topic. */
public final class Contracts {
    private Contracts() {}

    /** The bundled schema of the topic, properties included.
     *
     * @throws ContractException if there is none
     */
    public static Schema schema(String topic) {
        try (InputStream avsc = Contracts.class.getResourceAsStream("/contracts/" + topic + ".avsc")) {
            if (avsc == null) {
                throw new ContractException("no contract for topic " + topic + " comes with Firn");
            }
            return new Schema.Parser().parse(avsc);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The bundled contract of the topic.
     *
     * @throws ContractException if there is none
     */
    public static Contract of(String topic) {
        return Contract.of(schema(topic));
    }
}
