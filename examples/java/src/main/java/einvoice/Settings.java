package einvoice;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** What a client needs. The key is PEM; the pause is that before the first repeat of a call. */
public record Settings(String url, String publicKey, String clientId, String clientSecret, String gstin,
        String username, String password, Duration timeout, Duration pause) {

    /** Returns the variables of nicsim exec and nicsim drill. Your program has settings of its own. */
    public static Settings ofEnvironment() throws IOException {
        Map<String, String> env = System.getenv();
        return new Settings(env.get("NIC_SANDBOX_URL"), file("NIC_SANDBOX_PUBLIC_KEY"), env.get("NIC_CLIENT_ID"),
                env.get("NIC_CLIENT_SECRET"), env.get("NIC_GSTIN"), env.get("NIC_SANDBOX_USERNAME"),
                env.get("NIC_SANDBOX_PASSWORD"), Duration.ofSeconds(4), Duration.ofMillis(500));
    }

    /** Returns the content of the file that a variable names. */
    static String file(String variable) throws IOException {
        return Files.readString(Path.of(System.getenv(variable)));
    }

    @Override
    public String toString() { // without the secrets
        return "Settings[" + username + " at " + url + "]";
    }
}
