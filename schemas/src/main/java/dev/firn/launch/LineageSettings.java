package dev.firn.launch;

import dev.firn.config.ConfigurationException;
import dev.firn.config.Version;
import dev.firn.lineage.Lineage;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The keys below {@code firn.lineage.}
 *
 * @param url to which events are posted
 * @param file to which they are appended, if there is no URL
 * @param namespace of the jobs
 */
@ConfigurationProperties("firn.lineage")
public record LineageSettings(
        @Nullable String url,
        @Nullable String file,
        @Bindable(defaultValue = "firn") String namespace) {
    public LineageSettings {
        if (url != null && file != null) {
            throw new ConfigurationException("firn.lineage.url and firn.lineage.file: only one of them");
        }
    }

    /** Begins to tell lineage, where that is switched on.
     *
     * @param service who tells it
     */
    public Optional<Lineage> open(String service) {
        String producer = "urn:firn:" + service + ":" + Version.text();
        if (url != null) {
            return Optional.of(Lineage.toEndpoint(uri(url), namespace, producer));
        }
        return Optional.ofNullable(file).map(name -> Lineage.toFile(Path.of(name), namespace, producer));
    }

    private static URI uri(String url) {
        URI uri = URI.create(url);
        if (!List.of("http", "https").contains(String.valueOf(uri.getScheme()))) {
            throw new ConfigurationException("firn.lineage.url: '" + url + "' is no HTTP URL");
        }
        return uri;
    }
}
