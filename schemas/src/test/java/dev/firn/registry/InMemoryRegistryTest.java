package dev.firn.registry;

class InMemoryRegistryTest extends SchemaRegistryConformance {
    private final InMemoryRegistry registry = new InMemoryRegistry();

    @Override
    protected SchemaRegistry registry() {
        return registry;
    }
}
