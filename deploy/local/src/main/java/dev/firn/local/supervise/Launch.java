package dev.firn.local.supervise;

import dev.firn.process.ChildJvm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How to start one process.
 *
 * @param classPath its jar, which names the others
 * @param environment added to this process' own
 * @param log appended to
 * @param scratch a folder that is its own
 */
public record Launch(
        Role role,
        List<Path> classPath,
        String mainClass,
        List<String> arguments,
        Map<String, String> environment,
        Path log,
        Path scratch) {

    private static final Pattern OURS = Pattern.compile("FIRN_BUILD\\w*|FIRN_(\\w+_)?JAVA_OPTS");

    public Launch {
        classPath = List.copyOf(classPath);
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
    }

    /** This, with more in its environment. */
    public Launch with(Map<String, String> more) {
        var all = new TreeMap<>(environment);
        all.putAll(more);
        return new Launch(role, classPath, mainClass, arguments, all, log, scratch);
    }

    ChildJvm child() {
        return new ChildJvm(mainClass, classPath, jvmOptions(), arguments, environment, ours(), log, scratch);
    }

    /** Variables that are meant for the command, and that a service would refuse as unknown keys. */
    private static Set<String> ours() {
        return System.getenv().keySet().stream()
                .filter(name -> OURS.matcher(name).matches())
                .collect(Collectors.toSet());
    }

    private List<String> jvmOptions() {
        var options = new ArrayList<>(role.jvmOptions());
        if (Runtime.version().feature() >= 22) {
            options.add("--enable-native-access=ALL-UNNAMED");
        }
        var more = System.getenv().getOrDefault(role.optionsVariable(), "").trim();
        if (!more.isEmpty()) {
            options.addAll(List.of(more.split("\\s+")));
        }
        return options;
    }
}
