package einvoice;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import javax.crypto.Cipher;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Run with: nicsim exec -- mvn -q test */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClientTest {
    /** NIC computes a distance of 0 from the PIN codes. */
    private static final Map<String, Object> ROAD =
            Map.of("Distance", 0, "TransMode", "1", "VehNo", "KA01AB1234", "VehType", "R");

    private static int count;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Client nic = client(InstantSource.system());
    private final String certificate = read("NIC_SANDBOX_CERTIFICATE");

    /** The worked example in nicsim's docs/crypto-by-example.md. */
    @Test
    void theValuesAreThoseOfTheExample() throws Exception {
        Map<String, Object> values = Json.object(Files.readString(Path.of("crypto.json")));
        UnaryOperator<String> example = name -> (String) values.get(name);
        assertEquals(example.apply("loginText"),
                Base64.getEncoder().encodeToString(example.apply("login").getBytes(UTF_8)));
        byte[] pem = Base64.getMimeDecoder().decode(example.apply("publicKey").replaceAll("-----[A-Z ]+-----", ""));
        Cipher login = Cipher.getInstance("RSA/ECB/NoPadding"); // padded by hand, as real padding is random
        login.init(Cipher.ENCRYPT_MODE, KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(pem)));
        assertEquals(example.apply("sealedLogin"), Base64.getEncoder()
                .encodeToString(login.doFinal(HexFormat.of().parseHex(example.apply("blockHex")))));
        byte[] sek = Client.open(example.apply("sealedSek"), Base64.getDecoder().decode(example.apply("appKey")));
        assertEquals(example.apply("sekHex"), HexFormat.of().formatHex(sek));
        assertEquals(example.apply("sealedInvoice"), Client.seal(example.apply("invoice").getBytes(UTF_8), sek));
        assertEquals(example.apply("answer"), new String(Client.open(example.apply("sealedAnswer"), sek), UTF_8));
        assertEquals(example.apply("irn"), irnOf(Json.object(example.apply("invoice"))));
        assertEquals(Json.object(example.apply("qrData")),
                Client.verified(example.apply("signedQRCode"), example.apply("certificate")));
    }

    @Test
    void anInvoiceGetsItsIrnAndASignedQrCode() throws Exception {
        Map<String, Object> sent = another();
        Map<String, Object> registered = nic.generate(sent);
        assertEquals(irnOf(sent), registered.get("Irn"));
        Map<String, Object> qr = Client.verified((String) registered.get("SignedQRCode"), certificate);
        assertEquals(irnOf(sent), qr.get("Irn"));
        assertEquals(Json.cast(sent.get("DocDtls")).get("No"), qr.get("DocNo"));
        assertEquals(Json.cast(sent.get("ValDtls")).get("TotInvVal"), qr.get("TotInvVal"));
    }

    @Test
    void aQrCodeThatWasChangedIsFound() throws Exception {
        String[] parts = ((String) nic.generate(another()).get("SignedQRCode")).split("\\.");
        String payload = new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8).replace("1180", "9180");
        String changed = Base64.getUrlEncoder().withoutPadding().encodeToString(payload.getBytes(UTF_8));
        assertThrows(GeneralSecurityException.class,
                () -> Client.verified(parts[0] + "." + changed + "." + parts[2], certificate));
    }

    @Test
    void oneLoginServesManyThreads() throws Exception {
        long since = lastRequest();
        Client shared = client(InstantSource.system());
        IntStream.range(0, 4).parallel().forEach(i -> {
            try {
                shared.generate(another());
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        assertEquals(1, logins(since).size());
    }

    @Test
    void aDocumentThatIsRegisteredAlreadyIsRead() throws Exception {
        Map<String, Object> sent = another();
        Map<String, Object> first = nic.generate(sent);
        Map<String, Object> again = nic.generate(sent);
        assertEquals(first.get("Irn"), again.get("Irn"));
        assertEquals(first.get("SignedQRCode"), again.get("SignedQRCode"));
    }

    @Test
    void anInvoiceIsCancelledAndHasNoEwayBillThen() throws Exception {
        String irn = (String) nic.generate(another()).get("Irn");
        assertEquals(irn, nic.cancel(irn, 2, "wrong quantity").get("Irn"));
        Client.Refusal refusal = assertThrows(Client.Refusal.class, () -> nic.ewayBill(irn, ROAD));
        assertTrue(refusal.has("2302"), refusal.getMessage());
    }

    @Test
    void aRegisteredInvoiceGetsAnEwayBill() throws Exception {
        Map<String, Object> bill = nic.ewayBill((String) nic.generate(another()).get("Irn"), ROAD);
        assertTrue(String.valueOf(bill.get("EwbNo")).matches("\\d{12}"), bill.toString());
    }

    @Test
    void aMistakeInTheInvoiceIsRefusedWithNicsCode() {
        Map<String, Object> wrong = another();
        Json.cast(wrong.get("ValDtls")).put("TotInvVal", new BigDecimal("9999"));
        Client.Refusal refusal = assertThrows(Client.Refusal.class, () -> nic.generate(wrong));
        assertTrue(refusal.has("2189"), refusal.getMessage());
    }

    // These two change the clock of the simulator, so they come last.

    @Test
    @Order(Integer.MAX_VALUE - 1)
    void theTokenIsRenewedInItsLastTenMinutes() throws Exception {
        Duration[] ahead = {Duration.ZERO};
        Client later = client(() -> Instant.now().plus(ahead[0]));
        later.generate(another());
        long since = lastRequest();
        control("clock/advance", "{\"by\":\"49m\"}");
        ahead[0] = Duration.ofMinutes(49);
        later.generate(another());
        assertEquals(0, logins(since).size());
        control("clock/advance", "{\"by\":\"2m\"}");
        ahead[0] = Duration.ofMinutes(51);
        later.generate(another());
        later.generate(another());
        List<Map<String, Object>> asked = logins(since);
        assertEquals(1, asked.size());
        assertEquals(true, Json.cast(asked.get(0).get("request")).get("ForceRefreshAccessToken"));
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void anInvoiceOfThreeDaysAgoIsStillKnownByItsIrn() throws Exception {
        Map<String, Object> sent = another();
        Object irn = nic.generate(sent).get("Irn");
        control("clock/advance", "{\"by\":\"72h\"}");
        assertEquals(irn, nic.generate(sent).get("Irn"));
    }

    private static Client client(InstantSource clock) {
        try {
            return new Client(Settings.ofEnvironment(), clock);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String read(String variable) {
        try {
            return Settings.file(variable);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns an invoice with a number of its own. */
    private static synchronized Map<String, Object> another() {
        Map<String, Object> made = Json.object(read("NIC_INVOICE"));
        Json.cast(made.get("DocDtls")).merge("No", "/" + ++count, (no, more) -> "" + no + more);
        return made;
    }

    /** Returns the IRN as NIC's page on it says, from the document alone. */
    private static String irnOf(Map<String, Object> sent) throws GeneralSecurityException {
        Map<String, Object> document = Json.cast(sent.get("DocDtls"));
        String[] day = ((String) document.get("Dt")).split("/");
        int begins = Integer.parseInt(day[2]) - (Integer.parseInt(day[1]) < 4 ? 1 : 0);
        String text = Json.cast(sent.get("SellerDtls")).get("Gstin") + "%d-%02d".formatted(begins, (begins + 1) % 100)
                + document.get("Typ") + ((String) document.get("No")).toUpperCase();
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    }

    private Map<String, Object> control(String path, String body) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(System.getenv("NIC_CONTROL_URL") + "/control/v1/" + path));
        if (body != null) {
            request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
        }
        HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
        assertEquals(200, answer.statusCode(), answer.body());
        return Json.object(answer.body());
    }

    private long lastRequest() throws IOException, InterruptedException {
        return Json.objects(control("requests?limit=1", null).get("requests")).stream()
                .mapToLong(r -> ((BigDecimal) r.get("id")).longValue()).max().orElse(0);
    }

    /** Returns the logins that NIC was asked for since a request of the journal. */
    private List<Map<String, Object>> logins(long since) throws IOException, InterruptedException {
        return Json.objects(control("requests", null).get("requests")).stream()
                .filter(r -> ((BigDecimal) r.get("id")).longValue() > since)
                .filter(r -> ((String) r.get("path")).endsWith("/auth"))
                .toList();
    }
}
