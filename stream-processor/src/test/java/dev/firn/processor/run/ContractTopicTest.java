package dev.firn.processor.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.contract.Contract;
import dev.firn.processor.FakeRegistry;
import java.util.Optional;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class ContractTopicTest {
    private static final String SUBJECT = "raw.x-value";
    private static final Schema KEYED = schema("'firn.key':['id'],", "");
    private static final Schema RULES_ALONE = schema("", ",'firn.rules':['not-blank']");
    private static final Schema REFUSED = schema("'firn.kye':['id'],", "");
    private static final Schema NO_CONTRACT = schema("", "");

    private final FakeRegistry registry = new FakeRegistry();

    private static Schema schema(String properties, String ofField) {
        String text = "{'type':'record','name':'X'," + properties + "'fields':[{'name':'id','type':'string'" + ofField
                + "}]}";
        return new Schema.Parser().parse(text.replace('\'', '"'));
    }

    private ContractTopic learned(Schema... versions) {
        ContractTopic topic = new ContractTopic("raw.x");
        for (Schema version : versions) {
            registry.register(SUBJECT, version);
        }
        topic.learnFrom(registry);
        return topic;
    }

    @Test
    void shouldTakeTheNewestBeforeThatIsOneWhenTheNewestIsNoContract() {
        // When
        ContractTopic topic = learned(RULES_ALONE, KEYED, NO_CONTRACT, REFUSED);

        // Then
        assertThat(topic.contract()).map(Contract::schema).contains(KEYED);
        assertThat(topic.refusal()).hasValueSatisfying(why -> assertThat(why).contains("firn.kye"));
    }

    @Test
    void shouldHaveNoneWhenNoVersionIsOne() {
        // When
        ContractTopic topic = learned(NO_CONTRACT, REFUSED);

        // Then
        assertThat(topic.contract()).isEmpty();
    }

    @Test
    void shouldKeepTheOneWithAKeyWhenOthersReferToIt() {
        // Given
        ContractTopic topic = new ContractTopic("raw.x", true);
        registry.register(SUBJECT, KEYED);
        topic.learnFrom(registry);

        // When
        registry.register(SUBJECT, RULES_ALONE);
        topic.learnFrom(registry);

        // Then
        assertThat(topic.contract()).map(Contract::schema).isEqualTo(Optional.of(KEYED));
        assertThat(topic.refusal()).isPresent();
    }
}
