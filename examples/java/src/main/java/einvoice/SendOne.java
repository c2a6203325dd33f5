package einvoice;

import java.time.InstantSource;
import java.util.Map;

/**
 * Registers the invoice in NIC_INVOICE and prints its IRN. It passes the drills:
 *
 * <pre>nicsim drill --exec 'java -cp target/classes einvoice.SendOne'</pre>
 */
public final class SendOne {
    private SendOne() {}

    public static void main(String[] args) throws Exception {
        Client client = new Client(Settings.ofEnvironment(), InstantSource.system());
        Map<String, Object> registered = client.generate(Json.object(Settings.file("NIC_INVOICE")));
        String qr = (String) registered.get("SignedQRCode");
        System.out.println(Client.verified(qr, Settings.file("NIC_SANDBOX_CERTIFICATE")).get("Irn"));
    }
}
