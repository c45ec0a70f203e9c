package dev.firn.launch;

import dev.firn.config.ConfigurationException;
import java.util.List;
import java.util.regex.Pattern;

/** What is left of a command line once its options are read: settings, and nothing else. */
final class Arguments {
    private static final Pattern SETTING = Pattern.compile("--?\\w[\\w\\[\\]-]*(\\.[\\w\\[\\]-]+)+=.*", Pattern.DOTALL);

    private Arguments() {}

    /** The arguments, each of which is a setting.
     *
     * @throws ConfigurationException that names the first one that is not, without its value
     */
    static String[] settings(List<String> arguments) {
        for (String argument : arguments) {
            if (!SETTING.matcher(argument).matches()) {
                throw new ConfigurationException(
                        "Unknown option: '" + argument.replaceFirst("=.*", "=...")
                                + "' (--help shows what there is; a setting is given as -firn.kafka.bootstrap-servers=HOST:PORT)");
            }
        }
        return arguments.toArray(String[]::new);
    }
}
