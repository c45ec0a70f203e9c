package dev.firn.registry;

import dev.firn.config.ConfigurationException;
import java.security.GeneralSecurityException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Whom to trust and who to be.
 *
 * @param trust certificates of registries, or null for those that Java trusts
 * @param identity our own certificate and key, or null to show none
 */
public record Tls(@Nullable KeyStoreFile trust, @Nullable KeyStoreFile identity) {
    SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keyManagers(), trustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new ConfigurationException("TLS to the registry can't be set up: " + e.getMessage());
        }
    }

    private KeyManager @Nullable [] keyManagers() throws GeneralSecurityException {
        if (identity == null) {
            return null;
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(identity.load(), identity.password().value().toCharArray());
        return factory.getKeyManagers();
    }

    private TrustManager @Nullable [] trustManagers() throws GeneralSecurityException {
        if (trust == null) {
            return null;
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trust.load());
        return factory.getTrustManagers();
    }
}
