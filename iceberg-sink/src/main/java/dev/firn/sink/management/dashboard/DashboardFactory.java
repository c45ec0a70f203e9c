package dev.firn.sink.management.dashboard;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.access.AccessSettings;
import dev.firn.sink.config.RunningSink;
import dev.firn.sink.management.StatusBoard;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.annotation.Value;
import io.micronaut.json.JsonMapper;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Sends out the pollers. */
@Factory
@Requires(beans = RunningSink.class)
final class DashboardFactory {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    @Bean(preDestroy = "close")
    @Singleton
    Lookout lookout(
            DashboardSettings settings,
            StatusBoard board,
            JsonMapper endpoints,
            Clock clock,
            AccessSettings access,
            @Value("${micronaut.server.port}") int port) {
        ObjectMapper json = new ObjectMapper();
        HttpClient http = HttpClient.newBuilder()
                .connectTimeout(PATIENCE)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        List<Poller> pollers = new ArrayList<>();
        Probe.Place self = new Probe.Place("sink", URI.create("http://localhost:" + port));
        pollers.add(Poller.start(self, new SelfProbe(board, endpoints, json), settings.interval(), clock));
        for (Probe.Place place : settings.places()) {
            Probe probe = new HttpProbe(http, json, place.address(), access);
            pollers.add(Poller.start(place, probe, settings.interval(), clock));
        }
        return Lookout.start(pollers, settings.interval(), clock);
    }
}
