package dev.firn.registry;

import dev.firn.config.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Name and password, sent with every request. */
public record BasicAuth(String username, Secret password) {
    String header() {
        byte[] pair = (username + ":" + password.value()).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }
}
