package dev.firn.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.config.ConfigurationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AccessSettingsTest {
    @Test
    void shouldShowNoTokenWhenPrinted() {
        assertThat(new AccessSettings("s3cret", "glasses", null, null, null, "roles"))
                .asString()
                .doesNotContain("s3cret")
                .doesNotContain("glasses");
    }

    @Test
    void shouldRefuseOneTokenForBothRoles() {
        assertThatThrownBy(() -> new AccessSettings("s3cret", "s3cret", null, null, null, "roles"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("firn.management.viewer-token")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void shouldRefuseAProviderWhoseTokensCouldBeForOthers() {
        assertThatThrownBy(() -> oidc("https://id.example/keys", "https://id.example", null))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("oidc-audience");
        assertThatThrownBy(() -> oidc(null, "https://id.example", "firn")).isInstanceOf(ConfigurationException.class);
    }

    @Test
    void shouldRefuseKeysThatComeUnprotectedFromElsewhere() {
        assertThatThrownBy(() -> oidc("http://id.example/keys", "https://id.example", "firn"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("https://");
        assertThat(oidc("http://127.0.0.1:8080/keys", "https://id.example", "firn")
                        .anyKnown())
                .isTrue();
    }

    @Test
    void shouldTakeWhatIsEmptyForNone() {
        assertThat(new AccessSettings("", " ", "", "", "", "roles").anyKnown()).isFalse();
        assertThat(new AccessSettings("", "", "", "", "", "roles").looking()).isEmpty();
    }

    @Test
    void shouldLookWithTheLeastThatIsEnough() {
        assertThat(new AccessSettings("s3cret", "glasses", null, null, null, "roles").looking())
                .hasValue("glasses");
        assertThat(new AccessSettings("s3cret", null, null, null, null, "roles").looking())
                .hasValue("s3cret");
    }

    private static AccessSettings oidc(@Nullable String keys, @Nullable String issuer, @Nullable String audience) {
        return new AccessSettings(null, null, keys, issuer, audience, "roles");
    }
}
