package dev.firn.registry;

import dev.firn.embedded.EmbeddedStack;

/** Against a running Apicurio registry. */
class ConfluentRegistryIT extends SchemaRegistryConformance {
    private final RegistryConfig config =
            RegistryConfig.of(EmbeddedStack.shared().registryUrl());
    private final ConfluentRegistry registry = new ConfluentRegistry(config);

    @Override
    protected SchemaRegistry registry() {
        return registry;
    }

    @Override
    protected SchemaRegistry fresh() {
        return new ConfluentRegistry(config);
    }
}
