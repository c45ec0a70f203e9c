package dev.firn.local.chaos;

import dev.firn.local.supervise.Role;
import picocli.CommandLine.ITypeConverter;

/** A process that can be killed, by its name on the command line. */
final class VictimName implements ITypeConverter<Role> {
    @Override
    public Role convert(String text) {
        return Role.named(text, Victims.all());
    }
}
