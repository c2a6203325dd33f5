// A client of NIC's e-Invoice API, with nothing but .NET 8.
//
// NIC is the National Informatics Centre, IRN the Invoice Reference Number that it gives an invoice, SEK the session
// key that it gives with each login, and GSTIN the number of a taxpayer.

using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EInvoice;

/// <summary>NIC said no.</summary>
public sealed class Refusal(JsonArray errors, JsonArray info) : Exception(string.Join("; ",
    errors.Select(e => $"{e!["ErrorCode"]} {e["ErrorMessage"]}")))
{
    public bool Has(params string[] codes) => errors.Any(e => codes.Contains((string?)e!["ErrorCode"]));

    /// <summary>Returns what NIC adds to the codes under a name.</summary>
    public JsonObject? Info(string name) => info.FirstOrDefault(i => (string?)i!["InfCd"] == name)?["Desc"]?.AsObject();
}

/// <summary>There is no answer of NIC: the network failed, or something between answered. The call may have been
/// done.</summary>
public sealed class NoAnswer(string message, TimeSpan retryAfter = default, Exception? cause = null)
    : Exception(message, cause)
{
    public TimeSpan RetryAfter => retryAfter;
}

/// <summary>What a client needs. The key is PEM, and the pause is that before the first repeat of a call.</summary>
public sealed record Settings(string Url, string PublicKey, string ClientId, string ClientSecret, string Gstin,
    string Username, string Password, TimeSpan Timeout, TimeSpan Pause)
{
    /// <summary>Returns the variables of nicsim exec. Your program has settings of its own.</summary>
    public static Settings OfEnvironment() => new(Variable("NIC_SANDBOX_URL"), Content("NIC_SANDBOX_PUBLIC_KEY"),
        Variable("NIC_CLIENT_ID"), Variable("NIC_CLIENT_SECRET"), Variable("NIC_GSTIN"),
        Variable("NIC_SANDBOX_USERNAME"), Variable("NIC_SANDBOX_PASSWORD"),
        TimeSpan.FromSeconds(4), TimeSpan.FromMilliseconds(500));

    public static string Variable(string name) => Environment.GetEnvironmentVariable(name)
        ?? throw new InvalidOperationException($"{name} is not set: run with nicsim exec -- dotnet test");

    /// <summary>Returns the content of the file that a variable names.</summary>
    public static string Content(string variable) => File.ReadAllText(Variable(variable));

    public override string ToString() => $"{Username} at {Url}"; // without the secrets
}

/// <summary>Calls the API for one user. Threads may share it.</summary>
public sealed class Client(Settings settings, TimeProvider clock) : IDisposable
{
    /// <summary>NIC gives a new token only in the last ten minutes of the old one.</summary>
    private static readonly TimeSpan RenewBefore = TimeSpan.FromMinutes(10);

    private const int Attempts = 4;

    /// <summary>NIC is down or busy (3020, 3043, 5001), or the other one of its two portals has the invoice (2148).
    /// </summary>
    private static readonly string[] Passing = ["3020", "3043", "5001", "2148"];

    private sealed record Login(string Token, byte[] Sek, DateTimeOffset Expiry, DateTimeOffset RenewAt);

    private readonly HttpClient http = new() { Timeout = settings.Timeout };
    private readonly SemaphoreSlim gate = new(1); // guards login, and is held during a login
    private Login? login;

    public void Dispose()
    {
        http.Dispose();
        gate.Dispose();
    }

    /// <summary>Registers an invoice in NIC's format INV-01. If it is registered already, it is read.</summary>
    public async Task<JsonObject> Generate(JsonObject invoice)
    {
        JsonObject known;
        try
        {
            return await Call(HttpMethod.Post, "/eicore/v1.03/Invoice", invoice);
        }
        catch (Refusal refusal) when (refusal.Has("2150") && refusal.Info("DUPIRN") is { } duplicate)
        {
            known = duplicate;
        }
        try
        {
            return await Read((string)known["Irn"]!);
        }
        catch (Refusal refusal) when (refusal.Has("2283"))
        {
            // NIC shows an invoice for two days. After that, its IRN and acknowledgement are all that there is.
            return known;
        }
    }

    /// <summary>Reads an invoice with its signed QR code.</summary>
    public Task<JsonObject> Read(string irn) => Call(HttpMethod.Get, $"/eicore/v1.03/Invoice/irn/{irn}");

    /// <summary>Cancels an invoice within 24 hours. Reason: 1 duplicate, 2 data entry mistake, 3 order cancelled,
    /// 4 others.</summary>
    public Task<JsonObject> Cancel(string irn, int reason, string remark) =>
        Call(HttpMethod.Post, "/eicore/v1.03/Invoice/Cancel",
            new JsonObject { ["Irn"] = irn, ["CnlRsn"] = $"{reason}", ["CnlRem"] = remark });

    /// <summary>Makes the e-way bill of a registered invoice.</summary>
    public Task<JsonObject> EwayBill(string irn, JsonObject transport)
    {
        var document = transport.DeepClone().AsObject();
        document["Irn"] = irn;
        return Call(HttpMethod.Post, "/eiewb/v1.03/ewaybill", document);
    }

    private async Task<JsonObject> Call(HttpMethod method, string path, JsonObject? document = null)
    {
        var loggedInAgain = false;
        for (var attempt = 1; ; attempt++)
        {
            var wait = settings.Pause * Math.Pow(2, attempt - 1);
            Login? current = null;
            try
            {
                current = await Lasting();
                var body = document is null ? null : Data(Seal(Bytes(document), current.Sek));
                var sealedText = await Send(method, path, body,
                    ("user_name", settings.Username), ("AuthToken", current.Token));
                return JsonNode.Parse(Open((string)sealedText!, current.Sek))!.AsObject();
            }
            catch (Refusal refusal) when (refusal.Has("1005", "1020") && !loggedInAgain)
            {
                // The token ended before its time, or the SEK is another one: log in again, and seal the document with
                // that.
                loggedInAgain = true;
                Interlocked.CompareExchange(ref login, null, current);
                attempt--;
                continue;
            }
            catch (Refusal refusal) when (refusal.Has(Passing) && attempt < Attempts)
            {
            }
            catch (NoAnswer lost) when (attempt < Attempts)
            {
                wait = wait < lost.RetryAfter ? lost.RetryAfter : wait;
            }
            await Task.Delay(wait);
        }
    }

    /// <summary>Returns a login that lasts. It is kept, and renewed in its last ten minutes.</summary>
    private async Task<Login> Lasting()
    {
        await gate.WaitAsync();
        try
        {
            var now = clock.GetUtcNow();
            if (login is { } kept && now < kept.RenewAt)
            {
                return kept;
            }
            return login = await LogIn(login is not null && now < login.Expiry);
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task<Login> LogIn(bool refresh)
    {
        var appKey = RandomNumberGenerator.GetBytes(32); // a new one for each login
        var request = new JsonObject
        {
            ["UserName"] = settings.Username,
            ["Password"] = settings.Password,
            ["AppKey"] = Convert.ToBase64String(appKey),
            ["ForceRefreshAccessToken"] = refresh,
        };
        using var rsa = RSA.Create();
        rsa.ImportFromPem(settings.PublicKey);
        var text = Convert.ToBase64String(Bytes(request)); // NIC wants the base64 text of the JSON encrypted
        var encrypted = rsa.Encrypt(Encoding.ASCII.GetBytes(text), RSAEncryptionPadding.Pkcs1);
        var answer = await Send(HttpMethod.Post, "/eivital/v1.04/auth", Data(Convert.ToBase64String(encrypted)));
        var token = (string)answer!["AuthToken"]!;
        var expiry = new DateTimeOffset( // in Indian time
            DateTime.ParseExact((string)answer["TokenExpiry"]!, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
            new TimeSpan(5, 30, 0));
        var renewAt = expiry - RenewBefore;
        if (expiry <= clock.GetUtcNow())
        {
            renewAt = DateTimeOffset.MaxValue; // the clocks differ: use the token until NIC refuses it
        }
        else if (refresh && token == login?.Token)
        {
            renewAt = expiry; // NIC gives no other yet
        }
        return new Login(token, Open((string)answer["Sek"]!, appKey), expiry, renewAt);
    }

    /// <summary>Makes one call and returns the Data of its answer.</summary>
    private async Task<JsonNode?> Send(HttpMethod method, string path, string? body,
        params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, settings.Url + path);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        request.Headers.Add("client_id", settings.ClientId);
        request.Headers.Add("client_secret", settings.ClientSecret);
        request.Headers.Add("Gstin", settings.Gstin);
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }
        JsonObject? answer = null;
        try
        {
            using var response = await http.SendAsync(request);
            var text = await response.Content.ReadAsStringAsync();
            if (response.StatusCode == HttpStatusCode.OK)
            {
                answer = JsonNode.Parse(text)?.AsObject();
            }
            if (answer is null)
            {
                throw new NoAnswer($"{method} {path}: HTTP {(int)response.StatusCode}",
                    response.Headers.RetryAfter?.Delta ?? TimeSpan.Zero);
            }
        }
        catch (Exception lost) when (lost is HttpRequestException or TaskCanceledException or JsonException
            or InvalidOperationException)
        {
            throw new NoAnswer($"{method} {path}: {lost.Message}", cause: lost); // a page of a gateway is no JSON
        }
        if (answer["Status"]?.ToString() != "1")
        {
            throw new Refusal(answer["ErrorDetails"] as JsonArray ?? [], answer["InfoDtls"] as JsonArray ?? []);
        }
        return answer["Data"];
    }

    /// <summary>Returns what NIC has signed: the content of SignedQRCode or SignedInvoice. The certificate is PEM.
    /// </summary>
    public static JsonObject Verified(string jws, string certificate)
    {
        var parts = jws.Split('.');
        if ((string?)JsonNode.Parse(Base64Url(parts[0]))!["alg"] != "RS256")
        {
            throw new CryptographicException("the signature is not RS256");
        }
        using var signer = X509Certificate2.CreateFromPem(certificate);
        using var key = signer.GetRSAPublicKey() ?? throw new CryptographicException("the certificate has no RSA key");
        if (!key.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url(parts[2]),
            HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))
        {
            throw new CryptographicException("NIC has not signed this");
        }
        return JsonNode.Parse((string)JsonNode.Parse(Base64Url(parts[1]))!["data"]!)!.AsObject();
    }

    /// <summary>Encrypts bytes as NIC wants them: AES-256, ECB, PKCS #7 padding, base64.</summary>
    internal static string Seal(byte[] bytes, byte[] key)
    {
        using var aes = Aes.Create();
        aes.Key = key;
        return Convert.ToBase64String(aes.EncryptEcb(bytes, PaddingMode.PKCS7));
    }

    /// <summary>Decrypts what Seal has encrypted.</summary>
    internal static byte[] Open(string text, byte[] key)
    {
        using var aes = Aes.Create();
        aes.Key = key;
        return aes.DecryptEcb(Convert.FromBase64String(text), PaddingMode.PKCS7);
    }

    private static byte[] Bytes(JsonObject value) => Encoding.UTF8.GetBytes(value.ToJsonString());

    private static string Data(string sealedText) => new JsonObject { ["Data"] = sealedText }.ToJsonString();

    private static byte[] Base64Url(string text)
    {
        text = text.Replace('-', '+').Replace('_', '/');
        return Convert.FromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='));
    }
}
