// Run with: nicsim exec -- dotnet test

using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace EInvoice;

public sealed class ClientTests : IDisposable
{
    private static int count;

    private readonly Client nic = new(Settings.OfEnvironment(), TimeProvider.System);
    private readonly HttpClient control = new() { BaseAddress = new Uri(Settings.Variable("NIC_CONTROL_URL")) };
    private readonly string certificate = Settings.Content("NIC_SANDBOX_CERTIFICATE");

    public void Dispose()
    {
        nic.Dispose();
        control.Dispose();
    }

    /// <summary>NIC computes a distance of 0 from the PIN codes.</summary>
    private static JsonObject Road() => new()
    {
        ["Distance"] = 0, ["TransMode"] = "1", ["VehNo"] = "KA01AB1234", ["VehType"] = "R",
    };

    [Fact]
    public async Task AnInvoiceGetsItsIrnAndASignedQrCode()
    {
        var sent = Another();
        var registered = await nic.Generate(sent);
        Assert.Equal(IrnOf(sent), (string?)registered["Irn"]);
        var qr = Client.Verified((string)registered["SignedQRCode"]!, certificate);
        Assert.Equal(IrnOf(sent), (string?)qr["Irn"]);
        Assert.Equal((string?)sent["DocDtls"]!["No"], (string?)qr["DocNo"]);
    }

    [Fact]
    public async Task AQrCodeThatWasChangedIsFound()
    {
        var other = (string)(await nic.Generate(Another()))["SignedQRCode"]!;
        var parts = ((string)(await nic.Generate(Another()))["SignedQRCode"]!).Split('.');
        parts[1] = other.Split('.')[1];
        Assert.Throws<CryptographicException>(() => Client.Verified(string.Join('.', parts), certificate));
    }

    [Fact]
    public async Task ADocumentThatIsRegisteredAlreadyIsRead()
    {
        var sent = Another();
        var first = await nic.Generate(sent);
        var again = await nic.Generate(sent);
        Assert.Equal((string?)first["Irn"], (string?)again["Irn"]);
        Assert.Equal((string?)first["SignedQRCode"], (string?)again["SignedQRCode"]);
    }

    [Fact]
    public async Task AnInvoiceIsCancelledAndHasNoEwayBillThen()
    {
        var irn = (string)(await nic.Generate(Another()))["Irn"]!;
        Assert.Equal(irn, (string?)(await nic.Cancel(irn, 2, "wrong quantity"))["Irn"]);
        var refusal = await Assert.ThrowsAsync<Refusal>(() => nic.EwayBill(irn, Road()));
        Assert.True(refusal.Has("2302"), refusal.Message);
    }

    [Fact]
    public async Task ARegisteredInvoiceGetsAnEwayBill()
    {
        var bill = await nic.EwayBill((string)(await nic.Generate(Another()))["Irn"]!, Road());
        Assert.Matches(@"^\d{12}$", bill["EwbNo"]!.ToString());
    }

    [Fact]
    public async Task AMistakeInTheInvoiceIsRefusedWithNicsCode()
    {
        var wrong = Another();
        wrong["ValDtls"]!["TotInvVal"] = 9999;
        var refusal = await Assert.ThrowsAsync<Refusal>(() => nic.Generate(wrong));
        Assert.True(refusal.Has("2189"), refusal.Message);
    }

    /// <summary>The tests of a class run one after another, in an order that xunit chooses, so this one moves the clock
    /// of the simulator and of the client together, and starts from the simulator's time.</summary>
    [Fact]
    public async Task TheTokenIsRenewedInItsLastTenMinutes()
    {
        var clock = new MovedClock(await SimulatorTime() - DateTimeOffset.UtcNow);
        using var later = new Client(Settings.OfEnvironment(), clock);
        await Forward(clock, 61); // a token of another test is over
        await later.Generate(Another());
        var before = await Logins();
        await Forward(clock, 49);
        await later.Generate(Another());
        Assert.Equal(before.Count, (await Logins()).Count);
        await Forward(clock, 2);
        await later.Generate(Another());
        await later.Generate(Another());
        var after = await Logins();
        Assert.Equal(before.Count + 1, after.Count);
        Assert.True((bool)after[0]!["request"]!["ForceRefreshAccessToken"]!); // the newest is first
    }

    private sealed class MovedClock(TimeSpan ahead) : TimeProvider
    {
        public TimeSpan Ahead { get; set; } = ahead;

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UtcNow + Ahead;
    }

    private async Task Forward(MovedClock clock, int minutes)
    {
        using var body = new StringContent($"{{\"by\":\"{minutes}m\"}}", Encoding.UTF8, "application/json");
        using var answer = await control.PostAsync("control/v1/clock/advance", body);
        answer.EnsureSuccessStatusCode();
        clock.Ahead += TimeSpan.FromMinutes(minutes);
    }

    private async Task<DateTimeOffset> SimulatorTime() =>
        DateTimeOffset.Parse((string)JsonNode.Parse(await control.GetStringAsync("control/v1/clock"))!["now"]!);

    /// <summary>Returns the logins that NIC was asked for, the newest first.</summary>
    private async Task<List<JsonNode?>> Logins() =>
        JsonNode.Parse(await control.GetStringAsync("control/v1/requests"))!["requests"]!.AsArray()
            .Where(r => ((string)r!["path"]!).EndsWith("/auth", StringComparison.Ordinal)).ToList();

    /// <summary>Returns an invoice with a number of its own.</summary>
    private static JsonObject Another()
    {
        var made = JsonNode.Parse(Settings.Content("NIC_INVOICE"))!.AsObject();
        made["DocDtls"]!["No"] = $"{made["DocDtls"]!["No"]}/{Interlocked.Increment(ref count)}";
        return made;
    }

    /// <summary>Returns the IRN as NIC's page on it says, from the document alone.</summary>
    private static string IrnOf(JsonObject sent)
    {
        var document = sent["DocDtls"]!;
        var day = ((string)document["Dt"]!).Split('/').Select(int.Parse).ToArray();
        var begins = day[1] >= 4 ? day[2] : day[2] - 1;
        var text = $"{sent["SellerDtls"]!["Gstin"]}{begins}-{(begins + 1) % 100:00}{document["Typ"]}"
            + ((string)document["No"]!).ToUpperInvariant();
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text))).ToLowerInvariant();
    }
}
