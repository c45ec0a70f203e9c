package dev.firn.local.up;

import dev.firn.local.supervise.Role;
import java.util.Arrays;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A process by its name on the command line. */
final class RoleName implements ITypeConverter<Role> {
    @Override
    public Role convert(String text) {
        return Arrays.stream(Role.values())
                .filter(role -> role.label().equals(text))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException(
                        "'" + text + "' is not one of " + String.join(", ", new RoleLabels())));
    }
}
