package dev.firn.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class FlatSchemaTest {
    private static Contract contract(String properties, String... fields) {
        String text = "{'type':'record','name':'Order','namespace':'acme.raw'," + properties + "'fields':["
                + String.join(",", fields) + "]}";
        return Contract.of(new Schema.Parser().parse(text.replace('\'', '"')));
    }

    private static Schema flat(Contract contract) {
        return FlatSchema.of(contract, FlatSchema.silverName(contract.schema()), List.of());
    }

    private static final String ID = "{'name':'id','type':'string'}";

    @Test
    void shouldMakeTheColumnsOfActivityEventsWhenTheContractIsRawActivitys() {
        // When
        Schema derived = flat(Contracts.of("raw.activity"));

        // Then
        Schema silver = Contracts.schema("silver.activity_events");
        assertThat(derived.getFields())
                .extracting(field -> field.name() + " " + field.schema())
                .isEqualTo(silver.getFields().subList(0, derived.getFields().size()).stream()
                        .map(field -> field.name() + " " + field.schema())
                        .toList());
        assertThat(derived.getObjectProps()).isEqualTo(silver.getObjectProps());
        assertThat(derived.getFullName()).isEqualTo("dev.firn.futuremobility.silver.Activity");
    }

    @Test
    void shouldCarryKeyTimePartitionsAndModeByTheNewNamesWhenTheyAreNested() {
        // Given
        Contract contract = contract(
                "'firn.key':['head.id'],'firn.event-time':'head.at','firn.mode':'upsert',"
                        + "'firn.partition-by':['bucket(4, head.id)','secret'],",
                "{'name':'head','type':{'type':'record','name':'Head','fields':[" + ID
                        + ",{'name':'at','type':{'type':'long','logicalType':'timestamp-millis'}}]}}",
                "{'name':'secret','type':'string','firn.pii':'drop'}");

        // When
        Contract derived = Contract.of(flat(contract));

        // Then
        assertThat(derived.key()).containsExactly("head_id");
        assertThat(derived.eventTime()).isEqualTo("head_at");
        assertThat(derived.mode()).isEqualTo(Mode.UPSERT);
        assertThat(derived.partitionBy()).extracting(Object::toString).containsExactly("bucket(4, head_id)");
        assertThat(derived.schema().getField("secret")).isNull();
    }

    @Test
    void shouldMakeNullableWhatLiesInANullableRecordAndRenameByAlias() {
        // Given
        Contract contract = contract(
                "",
                "{'name':'a','type':[{'type':'record','name':'A','fields':[" + ID
                        + ",{'name':'n','type':['int','null'],'default':3,'aliases':['old']}]},'null']}");

        // When
        Schema derived = flat(contract);

        // Then
        assertThat(derived.getField("a_id").schema()).hasToString("[\"null\",\"string\"]");
        assertThat(derived.getField("a_id").hasDefaultValue()).isTrue();
        assertThat(derived.getField("a_n").schema()).hasToString("[\"null\",\"int\"]");
        assertThat(derived.getField("a_n").aliases()).containsExactly("a_old");
    }

    @Test
    void shouldKeepArraysMapsAndRecordsWithinThemselvesWholeAndWithoutRules() {
        // Given
        Contract contract = contract(
                "",
                "{'name':'lines','type':{'type':'array','items':{'type':'record','name':'Line','fields':"
                        + "[{'name':'who','type':'string','firn.rules':['email'],'firn.pii':'hash'}]}}}",
                "{'name':'tree','type':{'type':'record','name':'Tree','fields':["
                        + "{'name':'v','type':'int'},{'name':'below','type':['null','Tree'],'default':null}]}}");

        // When
        Schema derived = flat(contract);

        // Then
        assertThat(derived.getFields()).extracting(Schema.Field::name).containsExactly("lines", "tree_v", "tree_below");
        assertThat(Contract.of(derived).isEmpty()).isTrue();
        assertThat(derived.getField("lines").schema().getElementType().getFullName())
                .isEqualTo("acme.raw.Line");
    }

    @Test
    void shouldRefuseWhatCanNotBeFlattened() {
        // Given
        Contract doubled = contract(
                "",
                "{'name':'a_id','type':'int'}",
                "{'name':'a','type':{'type':'record','name':'A','fields':[" + ID + "]}}");
        Contract droppedKey = contract("'firn.key':['id'],", "{'name':'id','type':'string','firn.pii':'drop'}");
        Contract maskedKey =
                contract("'firn.key':['id'],'firn.mode':'upsert',", "{'name':'id','type':'string','firn.pii':'mask'}");

        // When, Then
        assertThatThrownBy(() -> flat(doubled))
                .isInstanceOf(ContractException.class)
                .hasMessageContaining("acme.raw.Order")
                .hasMessageContaining("'a_id'");
        assertThatThrownBy(() -> flat(droppedKey)).hasMessageContaining("'id' is key or event time, and dropped");
        assertThatThrownBy(() -> flat(maskedKey)).hasMessageContaining("'id' is masked");
    }
}
