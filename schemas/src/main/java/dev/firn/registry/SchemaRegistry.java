package dev.firn.registry;

import org.apache.avro.Schema;

/**
 * Schemas by id and by subject. Safe for use by many threads.
 *
 * <p>Every method throws {@link RegistryUnavailableException} while the registry can't be asked: an outage, which passes,
 * and says nothing about the schema.
 */
public interface SchemaRegistry {
    /** The id of the schema under the subject, registered now if it was not.
     *
     * @throws IncompatibleSchemaException if the subject's compatibility level forbids it
     */
    int register(String subject, Schema schema);

    /** The id of the schema under the subject, which must have been registered before.
     *
     * @throws UnknownSchemaException if it was not
     */
    int idOf(String subject, Schema schema);

    /** The schema with this id, as it was registered, custom properties included.
     *
     * @throws UnknownSchemaException if the registry holds no such id
     */
    Schema byId(int id);

    /** The newest version under the subject.
     *
     * @throws UnknownSchemaException if the registry holds no such subject
     */
    RegisteredSchema latest(String subject);

    /** One version under the subject.
     *
     * @param version 1 or more
     * @throws UnknownSchemaException if the registry holds no such subject or version
     */
    RegisteredSchema version(String subject, int version);

    /** Whether the schema could be registered under the subject. True where the subject holds nothing yet. */
    boolean isCompatible(String subject, Schema schema);

    /** Sets what the subject demands of its next version. */
    void setCompatibility(String subject, Compatibility level);
}
