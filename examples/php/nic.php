<?php

// A client of NIC's e-Invoice API, with PHP's extension openssl.
//
// NIC is the National Informatics Centre, IRN the Invoice Reference Number that it gives an invoice, SEK the session
// key that it gives with each login, and GSTIN the number of a taxpayer.

declare(strict_types=1);

namespace EInvoice;

use DateTimeImmutable;
use DateTimeZone;
use JsonException;
use RuntimeException;
use SensitiveParameter;

/** NIC said no. $errors are its codes and messages, $info what it adds to them. */
final class Refusal extends RuntimeException
{
    public function __construct(public readonly array $errors, public readonly array $info)
    {
        parent::__construct(implode('; ', array_map(fn ($e) => "$e[ErrorCode] $e[ErrorMessage]", $errors)));
    }

    public function has(string ...$codes): bool
    {
        return array_intersect($codes, array_column($this->errors, 'ErrorCode')) !== [];
    }
}

/** There is no answer of NIC: the network failed, or something between answered. The call may have been done. */
final class NoAnswer extends RuntimeException
{
    public function __construct(string $message, public readonly int $retryAfter = 0)
    {
        parent::__construct($message);
    }
}

/** What a client needs. The key is PEM; timeout of a call and pause before its first repeat are in seconds. */
final class Settings
{
    public function __construct(
        public readonly string $url,
        public readonly string $publicKey,
        public readonly string $clientId,
        #[SensitiveParameter] public readonly string $clientSecret,
        public readonly string $gstin,
        public readonly string $username,
        #[SensitiveParameter] public readonly string $password,
        public readonly float $timeout = 20,
        public readonly float $pause = 0.5,
    ) {
    }
}

/** What a login gives. Keep it between requests, as in APCu or Redis: NIC wants one login in the life of a token. */
final class Login
{
    public function __construct(
        public readonly string $token,
        public readonly string $sek,
        public readonly float $expiry,
        public readonly float $renewAt,
    ) {
    }
}

final class Client
{
    private const RENEW_BEFORE = 600; // NIC gives a new token only in the last ten minutes of the old one
    private const ATTEMPTS = 4;

    /** NIC is down or busy (3020, 3043, 5001), or the other one of its two portals has the invoice (2148). */
    private const PASSING = ['3020', '3043', '5001', '2148'];

    /** @var callable(): float */
    private $now;

    public function __construct(private readonly Settings $settings, public ?Login $login = null, ?callable $now = null)
    {
        $this->now = $now ?? fn () => microtime(true);
    }

    /** Registers an invoice in NIC's format INV-01. If it is registered already, the invoice is read. */
    public function generate(array $invoice): array
    {
        try {
            return $this->call('POST', '/eicore/v1.03/Invoice', $invoice);
        } catch (Refusal $refusal) {
            if (!$refusal->has('2150')) {
                throw $refusal;
            }
            $known = array_column($refusal->info, 'Desc', 'InfCd')['DUPIRN'];
        }
        try {
            return $this->read($known['Irn']);
        } catch (Refusal $refusal) {
            // NIC shows an invoice for two days (2283). After that, its IRN and acknowledgement are all that there is.
            return $refusal->has('2283') ? $known : throw $refusal;
        }
    }

    /** Reads an invoice with its signed QR code. */
    public function read(string $irn): array
    {
        return $this->call('GET', "/eicore/v1.03/Invoice/irn/$irn");
    }

    /** Cancels an invoice within 24 hours. Reason: 1 duplicate, 2 data entry mistake, 3 order cancelled, 4 others. */
    public function cancel(string $irn, int $reason, string $remark): array
    {
        return $this->call('POST', '/eicore/v1.03/Invoice/Cancel', [
            'Irn' => $irn, 'CnlRsn' => (string) $reason, 'CnlRem' => $remark,
        ]);
    }

    /** Makes the e-way bill of a registered invoice. */
    public function ewayBill(string $irn, array $transport): array
    {
        return $this->call('POST', '/eiewb/v1.03/ewaybill', ['Irn' => $irn] + $transport);
    }

    private function call(string $method, string $path, ?array $document = null): array
    {
        $loggedInAgain = false;
        for ($attempt = 1; ; $attempt++) {
            $wait = $this->settings->pause * 2 ** ($attempt - 1);
            try {
                $login = $this->lasting();
                $body = $document === null ? null : ['Data' => seal(json($document), $login->sek)];
                $sealed = $this->send($method, $path, $body, [
                    "user_name: {$this->settings->username}", "AuthToken: $login->token",
                ]);
                return parsed(open($sealed, $login->sek));
            } catch (Refusal $refusal) {
                if ($refusal->has('1005', '1020') && !$loggedInAgain) {
                    // The token ended before its time, or the SEK is another one: log in again, and seal the document
                    // with that.
                    $loggedInAgain = true;
                    $this->login = null;
                    $attempt--;
                    continue;
                }
                if (!$refusal->has(...self::PASSING) || $attempt === self::ATTEMPTS) {
                    throw $refusal;
                }
            } catch (NoAnswer $lost) {
                if ($attempt === self::ATTEMPTS) {
                    throw $lost;
                }
                $wait = max($wait, $lost->retryAfter);
            }
            usleep((int) ($wait * 1e6));
        }
    }

    /** Returns a login that lasts. It is kept, and renewed in its last ten minutes. */
    private function lasting(): Login
    {
        $now = ($this->now)();
        if ($this->login === null || $now >= $this->login->renewAt) {
            $this->login = $this->logIn($this->login !== null && $now < $this->login->expiry);
        }
        return $this->login;
    }

    private function logIn(bool $refresh): Login
    {
        $appKey = random_bytes(32); // a new one for each login
        $text = base64_encode(json([ // NIC wants the base64 text of the JSON encrypted
            'UserName' => $this->settings->username,
            'Password' => $this->settings->password,
            'AppKey' => base64_encode($appKey),
            'ForceRefreshAccessToken' => $refresh,
        ]));
        if (!openssl_public_encrypt($text, $data, $this->settings->publicKey, OPENSSL_PKCS1_PADDING)) {
            throw new RuntimeException('encrypting the login: ' . openssl_error_string());
        }
        $answer = $this->send('POST', '/eivital/v1.04/auth', ['Data' => base64_encode($data)]);
        $india = new DateTimeZone('+05:30');
        $expiry = (float) (new DateTimeImmutable($answer['TokenExpiry'], $india))->getTimestamp();
        $renewAt = match (true) {
            $expiry <= ($this->now)() => INF, // the clocks differ: use the token until NIC refuses it
            $refresh && $answer['AuthToken'] === $this->login?->token => $expiry, // NIC gives no other yet
            default => $expiry - self::RENEW_BEFORE,
        };
        return new Login($answer['AuthToken'], open($answer['Sek'], $appKey), $expiry, $renewAt);
    }

    /** Makes one call and returns the Data of its answer. */
    private function send(string $method, string $path, ?array $body, array $headers = []): array|string
    {
        $context = stream_context_create(['http' => [
            'method' => $method,
            'header' => [
                'Content-Type: application/json',
                "client_id: {$this->settings->clientId}",
                "client_secret: {$this->settings->clientSecret}",
                "Gstin: {$this->settings->gstin}",
                ...$headers,
            ],
            'content' => $body === null ? '' : json($body),
            'timeout' => $this->settings->timeout,
            'ignore_errors' => true, // return the body whatever the status is
        ]]);
        $text = @file_get_contents($this->settings->url . $path, false, $context);
        if ($text === false) {
            throw new NoAnswer("$method $path: " . (error_get_last()['message'] ?? 'no answer'));
        }
        $status = (int) explode(' ', $http_response_header[0])[1];
        try {
            $answer = $status === 200 ? parsed($text) : null;
        } catch (JsonException) {
            $answer = null; // a page of a gateway
        }
        if ($answer === null) {
            $retryAfter = preg_grep('/^Retry-After: *\d+$/i', $http_response_header);
            throw new NoAnswer("$method $path: HTTP $status", (int) preg_replace('/\D/', '', end($retryAfter) ?: '0'));
        }
        if ((int) $answer['Status'] !== 1) {
            throw new Refusal($answer['ErrorDetails'] ?? [], $answer['InfoDtls'] ?? []);
        }
        return $answer['Data'];
    }
}

/** Returns what NIC has signed: the content of SignedQRCode or SignedInvoice. The certificate is PEM. */
function verified(string $jws, string $certificate): array
{
    [$header, $payload, $signature] = explode('.', $jws);
    if (parsed(base64url($header))['alg'] !== 'RS256') {
        throw new RuntimeException('the signature is not RS256');
    }
    if (openssl_verify("$header.$payload", base64url($signature), $certificate, OPENSSL_ALGO_SHA256) !== 1) {
        throw new RuntimeException('NIC has not signed this');
    }
    return parsed(parsed(base64url($payload))['data']);
}

/** Encrypts a text as NIC wants it: AES-256, ECB, PKCS #7 padding, base64. */
function seal(string $text, #[SensitiveParameter] string $key): string
{
    return base64_encode(openssl_encrypt($text, 'aes-256-ecb', $key, OPENSSL_RAW_DATA));
}

/** Decrypts what seal has encrypted. */
function open(string $sealed, #[SensitiveParameter] string $key): string
{
    $text = openssl_decrypt(base64_decode($sealed, true), 'aes-256-ecb', $key, OPENSSL_RAW_DATA);
    return $text !== false ? $text : throw new RuntimeException('decrypting: ' . openssl_error_string());
}

function base64url(string $text): string
{
    return base64_decode(strtr($text, '-_', '+/'));
}

function json(array $value): string
{
    return json_encode($value, JSON_THROW_ON_ERROR | JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES);
}

function parsed(string $text): array
{
    $value = json_decode($text, true, 512, JSON_THROW_ON_ERROR);
    return is_array($value) ? $value : throw new JsonException('the text is not a JSON object');
}
