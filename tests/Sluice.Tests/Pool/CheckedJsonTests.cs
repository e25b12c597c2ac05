using System.Text;
using System.Text.Json;
using Sluice.Pool;

namespace Sluice.Tests.Pool;

public sealed class CheckedJsonTests
{
    private const string Json = "{\n  \"name\": \"a\",\n  \"rows\": 3\n}\n";

    [Fact]
    public void Seal_AnObject_StaysJsonAndIsWhole()
    {
        string text = CheckedJson.Seal(Json);

        using JsonDocument document = JsonDocument.Parse(text);
        Assert.Equal(3, document.RootElement.GetProperty("rows").GetInt32());
        Assert.Equal(16, document.RootElement.GetProperty("check").GetString()!.Length);
        Assert.Null(CheckedJson.Fault(Encoding.UTF8.GetBytes(text)));
    }

    [Fact]
    public void Fault_AnyByteFlippedOrTheEndCutOff_IsFound()
    {
        byte[] good = Encoding.UTF8.GetBytes(CheckedJson.Seal(Json));
        for (int i = 0; i < good.Length; i++)
        {
            byte[] bad = [.. good];
            bad[i] ^= 0x04;
            Assert.NotNull(CheckedJson.Fault(bad));
            Assert.NotNull(CheckedJson.Fault(good.AsSpan(0, i)));
        }
    }

    [Fact]
    public void Fault_AFileWithoutACheck_SaysSo() =>
        Assert.Contains("no check", CheckedJson.Fault(Encoding.UTF8.GetBytes(Json)), StringComparison.Ordinal);
}
