package einvoice;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/**
 * A client of NIC's e-Invoice API, with nothing but the JDK. Threads may share it.
 *
 * <p>NIC is the National Informatics Centre, IRN the Invoice Reference Number that it gives an invoice, SEK the session
 * key that it gives with each login, and GSTIN the number of a taxpayer.
 */
public final class Client {
    /** NIC gives a new token only in the last ten minutes of the old one. */
    private static final Duration RENEW_BEFORE = Duration.ofMinutes(10);

    private static final int ATTEMPTS = 4;

    /** NIC is down or busy (3020, 3043, 5001), or the other one of its two portals has the invoice (2148). */
    private static final String[] PASSING = {"3020", "3043", "5001", "2148"};

    private static final ZoneOffset INDIA = ZoneOffset.ofHoursMinutes(5, 30);

    private record Login(String token, byte[] sek, Instant expiry, Instant renewAt) {}

    private final Settings settings;
    private final InstantSource clock;
    private final HttpClient http;
    private final PublicKey key;
    private Login login; // guarded by this; null before the first one

    public Client(Settings settings, InstantSource clock) throws GeneralSecurityException {
        this.settings = settings;
        this.clock = clock;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(settings.timeout())
                .build();
        String base64 = settings.publicKey().replaceAll("-----[A-Z ]+-----|\\s", "");
        this.key = KeyFactory.getInstance("RSA")
                .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(base64)));
    }

    /** Registers an invoice in NIC's format INV-01. If it is registered already, the invoice is read. */
    public Map<String, Object> generate(Map<String, Object> invoice) throws NoAnswer, Refusal {
        Map<String, Object> known;
        try {
            return call("POST", "/eicore/v1.03/Invoice", invoice);
        } catch (Refusal refusal) {
            if (!refusal.has("2150")) {
                throw refusal;
            }
            known = refusal.info("DUPIRN");
        }
        try {
            return read((String) known.get("Irn"));
        } catch (Refusal refusal) {
            // NIC shows an invoice for two days (2283). After that, its IRN and acknowledgement are all that there is.
            if (refusal.has("2283")) {
                return known;
            }
            throw refusal;
        }
    }

    /** Reads an invoice with its signed QR code. */
    public Map<String, Object> read(String irn) throws NoAnswer, Refusal {
        return call("GET", "/eicore/v1.03/Invoice/irn/" + irn, null);
    }

    /** Cancels an invoice within 24 hours. Reason: 1 duplicate, 2 data entry mistake, 3 order cancelled, 4 others. */
    public Map<String, Object> cancel(String irn, int reason, String remark) throws NoAnswer, Refusal {
        return call("POST", "/eicore/v1.03/Invoice/Cancel",
                Map.of("Irn", irn, "CnlRsn", String.valueOf(reason), "CnlRem", remark));
    }

    /** Makes the e-way bill of a registered invoice. */
    public Map<String, Object> ewayBill(String irn, Map<String, Object> transport) throws NoAnswer, Refusal {
        Map<String, Object> document = new LinkedHashMap<>(transport);
        document.put("Irn", irn);
        return call("POST", "/eiewb/v1.03/ewaybill", document);
    }

    private Map<String, Object> call(String method, String path, Map<String, Object> document)
            throws NoAnswer, Refusal {
        boolean loggedInAgain = false;
        for (int attempt = 1; ; attempt++) {
            Duration wait = settings.pause().multipliedBy(1L << (attempt - 1));
            Login current = null;
            try {
                current = lasting();
                String body = document == null ? null : data(seal(Json.write(document).getBytes(UTF_8), current.sek));
                Object sealed = send(method, path, body,
                        "user_name", settings.username(), "AuthToken", current.token);
                return Json.object(new String(open((String) sealed, current.sek), UTF_8));
            } catch (Refusal refusal) {
                if (refusal.has("1005", "1020") && !loggedInAgain) {
                    // The token ended before its time, or the SEK is another one: log in again, and seal the document
                    // with that.
                    loggedInAgain = true;
                    forget(current);
                    attempt--;
                    continue;
                }
                if (!refusal.has(PASSING) || attempt == ATTEMPTS) {
                    throw refusal;
                }
            } catch (NoAnswer lost) {
                if (attempt == ATTEMPTS) {
                    throw lost;
                }
                wait = wait.compareTo(lost.retryAfter()) < 0 ? lost.retryAfter() : wait;
            }
            try {
                Thread.sleep(wait.toMillis());
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new NoAnswer(path + ": interrupted", Duration.ZERO, interrupted);
            }
        }
    }

    private synchronized void forget(Login old) {
        if (login == old) {
            login = null;
        }
    }

    /** Returns a login that lasts. It is kept, and renewed in its last ten minutes. */
    private synchronized Login lasting() throws NoAnswer, Refusal {
        Instant now = clock.instant();
        if (login == null || !now.isBefore(login.renewAt)) {
            login = logIn(login != null && now.isBefore(login.expiry));
        }
        return login;
    }

    private Login logIn(boolean refresh) throws NoAnswer, Refusal {
        byte[] appKey = new byte[32]; // a new one for each login
        new SecureRandom().nextBytes(appKey);
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("UserName", settings.username());
        request.put("Password", settings.password());
        request.put("AppKey", base64(appKey));
        request.put("ForceRefreshAccessToken", refresh);
        String text = base64(Json.write(request).getBytes(UTF_8)); // NIC wants the base64 text of the JSON encrypted
        byte[] sealed = crypt("RSA/ECB/PKCS1Padding", Cipher.ENCRYPT_MODE, key, text.getBytes(UTF_8));
        Map<String, Object> answer = Json.cast(send("POST", "/eivital/v1.04/auth", data(base64(sealed))));
        String token = (String) answer.get("AuthToken");
        Instant expiry = LocalDateTime.parse(((String) answer.get("TokenExpiry")).replace(' ', 'T')).toInstant(INDIA);
        Instant renewAt = expiry.minus(RENEW_BEFORE);
        if (!expiry.isAfter(clock.instant())) {
            renewAt = Instant.MAX; // the clocks differ: use the token until NIC refuses it
        } else if (refresh && login != null && token.equals(login.token)) {
            renewAt = expiry; // NIC gives no other yet
        }
        return new Login(token, open((String) answer.get("Sek"), appKey), expiry, renewAt);
    }

    /** Makes one call and returns the Data of its answer. */
    private Object send(String method, String path, String body, String... headers) throws NoAnswer, Refusal {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(settings.url() + path))
                .timeout(settings.timeout())
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .headers("Content-Type", "application/json", "client_id", settings.clientId(),
                        "client_secret", settings.clientSecret(), "Gstin", settings.gstin());
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<String> response;
        try {
            response = http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException lost) {
            throw new NoAnswer(method + " " + path + ": " + lost, Duration.ZERO, lost);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new NoAnswer(method + " " + path + ": interrupted", Duration.ZERO, interrupted);
        }
        Map<String, Object> answer;
        try {
            answer = response.statusCode() == 200 ? Json.object(response.body()) : null;
        } catch (IllegalArgumentException page) {
            answer = null; // of a gateway
        }
        if (answer == null) {
            String seconds = response.headers().firstValue("Retry-After")
                    .filter(s -> s.matches("\\d{1,6}")).orElse("0");
            throw new NoAnswer(method + " " + path + ": HTTP " + response.statusCode(),
                    Duration.ofSeconds(Long.parseLong(seconds)), null);
        }
        if (!"1".equals(String.valueOf(answer.get("Status")))) {
            throw new Refusal(Json.objects(answer.get("ErrorDetails")), Json.objects(answer.get("InfoDtls")));
        }
        return answer.get("Data");
    }

    /** Returns what NIC has signed: the content of SignedQRCode or SignedInvoice. The certificate is PEM. */
    public static Map<String, Object> verified(String jws, String certificate) throws GeneralSecurityException {
        String[] parts = jws.split("\\.");
        if (!"RS256".equals(part(parts[0]).get("alg"))) {
            throw new GeneralSecurityException("the signature is not RS256");
        }
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(certificate.getBytes(UTF_8))));
        signature.update((parts[0] + "." + parts[1]).getBytes(UTF_8));
        if (!signature.verify(Base64.getUrlDecoder().decode(parts[2]))) {
            throw new GeneralSecurityException("NIC has not signed this");
        }
        return Json.object((String) part(parts[1]).get("data"));
    }

    private static Map<String, Object> part(String base64url) {
        return Json.object(new String(Base64.getUrlDecoder().decode(base64url), UTF_8));
    }

    /** Encrypts bytes as NIC wants them: AES-256, ECB, PKCS #7 padding (which Java calls PKCS5), base64. */
    static String seal(byte[] bytes, byte[] key) {
        return base64(crypt("AES/ECB/PKCS5Padding", Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), bytes));
    }

    /** Decrypts what seal has encrypted. */
    static byte[] open(String text, byte[] key) {
        return crypt("AES/ECB/PKCS5Padding", Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"),
                Base64.getDecoder().decode(text));
    }

    private static byte[] crypt(String how, int mode, Key key, byte[] bytes) {
        try {
            Cipher cipher = Cipher.getInstance(how);
            cipher.init(mode, key);
            return cipher.doFinal(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(how + ": " + e.getMessage(), e);
        }
    }

    private static String data(String sealed) {
        return Json.write(Map.of("Data", sealed));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** NIC said no. */
    public static final class Refusal extends Exception {
        private final transient List<Map<String, Object>> errors;
        private final transient List<Map<String, Object>> info;

        Refusal(List<Map<String, Object>> errors, List<Map<String, Object>> info) {
            super(errors.stream().map(e -> e.get("ErrorCode") + " " + e.get("ErrorMessage")).toList().toString());
            this.errors = errors;
            this.info = info;
        }

        public boolean has(String... codes) {
            return errors.stream().anyMatch(e -> List.of(codes).contains(e.get("ErrorCode")));
        }

        /** Returns what NIC adds to the codes under a name. */
        Map<String, Object> info(String name) throws Refusal {
            return info.stream().filter(i -> name.equals(i.get("InfCd"))).findFirst()
                    .map(i -> Json.cast(i.get("Desc"))).orElseThrow(() -> this);
        }
    }

    /** There is no answer of NIC: the network failed, or something between answered. The call may have been done. */
    public static final class NoAnswer extends Exception {
        private final Duration retryAfter;

        NoAnswer(String message, Duration retryAfter, Throwable cause) {
            super(message, cause);
            this.retryAfter = retryAfter;
        }

        Duration retryAfter() {
            return retryAfter;
        }
    }
}
