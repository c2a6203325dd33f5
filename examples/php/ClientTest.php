<?php

// Run with: nicsim exec -- phpunit ClientTest.php

declare(strict_types=1);

namespace EInvoice;

use PHPUnit\Framework\TestCase;
use RuntimeException;

require_once __DIR__ . '/environment.php';

final class ClientTest extends TestCase
{
    /** NIC computes a distance of 0 from the PIN codes. */
    private const ROAD = ['Distance' => 0, 'TransMode' => '1', 'VehNo' => 'KA01AB1234', 'VehType' => 'R'];

    private static int $count = 0;
    private Client $nic;
    private string $certificate;

    protected function setUp(): void
    {
        $this->nic = new Client(settings());
        $this->certificate = content('NIC_SANDBOX_CERTIFICATE');
    }

    /** The worked example in nicsim's docs/crypto-by-example.md. */
    public function testTheValuesAreThoseOfTheExample(): void
    {
        $example = parsed(file_get_contents(__DIR__ . '/crypto.json'));
        self::assertSame($example['loginText'], base64_encode($example['login']));
        $block = hex2bin($example['blockHex']); // padded by hand, as real padding is random
        openssl_public_encrypt($block, $login, $example['publicKey'], OPENSSL_NO_PADDING);
        self::assertSame($example['sealedLogin'], base64_encode($login));
        $sek = open($example['sealedSek'], base64_decode($example['appKey']));
        self::assertSame($example['sekHex'], bin2hex($sek));
        self::assertSame($example['sealedInvoice'], seal($example['invoice'], $sek));
        self::assertSame($example['answer'], open($example['sealedAnswer'], $sek));
        self::assertSame($example['irn'], self::irnOf(parsed($example['invoice'])));
        self::assertSame(parsed($example['qrData']), verified($example['signedQRCode'], $example['certificate']));
    }

    public function testAnInvoiceGetsItsIrnAndASignedQrCode(): void
    {
        $sent = self::another();
        $registered = $this->nic->generate($sent);
        self::assertSame(self::irnOf($sent), $registered['Irn']);
        $qr = verified($registered['SignedQRCode'], $this->certificate);
        self::assertSame(self::irnOf($sent), $qr['Irn']);
        self::assertSame($sent['DocDtls']['No'], $qr['DocNo']);
        self::assertEquals($sent['ValDtls']['TotInvVal'], $qr['TotInvVal']);
    }

    public function testAQrCodeThatWasChangedIsFound(): void
    {
        [$header, $payload, $signature] = explode('.', $this->nic->generate(self::another())['SignedQRCode']);
        $changed = base64_encode(str_replace('1180', '9180', base64url($payload)));
        $this->expectException(RuntimeException::class);
        verified($header . '.' . rtrim(strtr($changed, '+/', '-_'), '=') . '.' . $signature, $this->certificate);
    }

    public function testOneLoginServesManyCallsAndClients(): void
    {
        $since = self::lastRequest();
        $this->nic->generate(self::another());
        $this->nic->generate(self::another());
        (new Client(settings(), $this->nic->login))->generate(self::another());
        self::assertCount(1, self::logins($since));
    }

    public function testADocumentThatIsRegisteredAlreadyIsRead(): void
    {
        $sent = self::another();
        $first = $this->nic->generate($sent);
        $again = $this->nic->generate($sent);
        self::assertSame($first['Irn'], $again['Irn']);
        self::assertSame($first['SignedQRCode'], $again['SignedQRCode']);
    }

    public function testAnInvoiceIsCancelledAndHasNoEwayBillThen(): void
    {
        $irn = $this->nic->generate(self::another())['Irn'];
        self::assertSame($irn, $this->nic->cancel($irn, 2, 'wrong quantity')['Irn']);
        self::assertRefused('2302', fn () => $this->nic->ewayBill($irn, self::ROAD));
    }

    public function testARegisteredInvoiceGetsAnEwayBill(): void
    {
        $bill = $this->nic->ewayBill($this->nic->generate(self::another())['Irn'], self::ROAD);
        self::assertMatchesRegularExpression('/^\d{12}$/', (string) $bill['EwbNo']);
    }

    public function testAMistakeInTheInvoiceIsRefusedWithNicsCode(): void
    {
        $wrong = self::another();
        $wrong['ValDtls']['TotInvVal'] += 100;
        self::assertRefused('2189', fn () => $this->nic->generate($wrong));
    }

    // These two change the clock of the simulator, so they come last.

    public function testTheTokenIsRenewedInItsLastTenMinutes(): void
    {
        $ahead = 0;
        $nic = new Client(settings(), now: function () use (&$ahead) {
            return microtime(true) + $ahead;
        });
        $nic->generate(self::another());
        $since = self::lastRequest();
        self::control('clock/advance', ['by' => '49m']);
        $ahead = 49 * 60;
        $nic->generate(self::another());
        self::assertCount(0, self::logins($since));
        self::control('clock/advance', ['by' => '2m']);
        $ahead = 51 * 60;
        $nic->generate(self::another());
        $nic->generate(self::another());
        $asked = self::logins($since);
        self::assertCount(1, $asked);
        self::assertTrue($asked[0]['request']['ForceRefreshAccessToken']);
    }

    public function testAnInvoiceOfThreeDaysAgoIsStillKnownByItsIrn(): void
    {
        $sent = self::another();
        $irn = $this->nic->generate($sent)['Irn'];
        self::control('clock/advance', ['by' => '72h']);
        self::assertSame($irn, $this->nic->generate($sent)['Irn']);
    }

    private static function assertRefused(string $code, callable $call): void
    {
        try {
            $call();
        } catch (Refusal $refusal) {
            self::assertTrue($refusal->has($code), $refusal->getMessage());
            return;
        }
        self::fail("the call was not refused with $code");
    }

    /** Returns an invoice with a number of its own. */
    private static function another(): array
    {
        $made = parsed(content('NIC_INVOICE'));
        $made['DocDtls']['No'] .= '/' . ++self::$count;
        return $made;
    }

    /** Returns the IRN as NIC's page on it says, from the document alone. */
    private static function irnOf(array $sent): string
    {
        ['Dt' => $day, 'Typ' => $type, 'No' => $number] = $sent['DocDtls'];
        [, $month, $year] = array_map('intval', explode('/', $day));
        $begins = $month >= 4 ? $year : $year - 1;
        $financialYear = sprintf('%d-%02d', $begins, ($begins + 1) % 100);
        return hash('sha256', $sent['SellerDtls']['Gstin'] . $financialYear . $type . strtoupper($number));
    }

    private static function control(string $path, ?array $body = null): array
    {
        $context = stream_context_create(['http' => $body === null ? [] : [
            'method' => 'POST', 'header' => 'Content-Type: application/json', 'content' => json($body),
        ]]);
        return parsed(file_get_contents(getenv('NIC_CONTROL_URL') . "/control/v1/$path", false, $context));
    }

    private static function lastRequest(): int
    {
        return self::control('requests?limit=1')['requests'][0]['id'] ?? 0;
    }

    /** Returns the logins that NIC was asked for since a request of the journal. */
    private static function logins(int $since): array
    {
        return array_values(array_filter(
            self::control('requests')['requests'],
            fn ($r) => $r['id'] > $since && str_ends_with($r['path'], '/auth'),
        ));
    }
}
