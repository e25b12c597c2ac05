using Sluice.Configuration;
using Sluice.Host.Serve;
using Sluice.Host.Serve.Http;

namespace Sluice.Tests.Serve;

public sealed class BearerTokenTests
{
    private const string Token = "0123456789abcdef0123";

    [Theory]
    [InlineData("http://127.0.0.1:8420")]
    [InlineData("http://localhost:8420")]
    [InlineData("http://[::1]:8420")]
    public void Read_Loopback_NeedsNone(string url)
    {
        BearerToken token = Read(new HttpOptions { Url = url }, out List<ConfigurationError> errors);
        Assert.Empty(errors);
        Assert.False(token.IsRequired);
        Assert.True(token.Admits(null));
    }

    [Theory]
    [InlineData("http://0.0.0.0:8420")]
    [InlineData("http://192.0.2.1:80")]
    [InlineData("http://[::]:8420")]
    [InlineData("http://ingest.example:8420")]
    public void Read_AddressThatOthersReach_IsRefusedWithoutOne(string url)
    {
        Read(new HttpOptions { Url = url }, out List<ConfigurationError> errors);
        ConfigurationError error = Assert.Single(errors);
        Assert.Equal("Serve:Http:Url", error.Key);
        Assert.Contains("TokenFile", error.Message, StringComparison.Ordinal);
        Read(new HttpOptions { Url = url, TokenVariable = "T" }, out errors);
        Assert.Empty(errors);
    }

    [Fact]
    public void Admits_OnlyTheToken()
    {
        BearerToken token = Read(new HttpOptions { TokenVariable = "T" }, out _);
        Assert.True(token.IsRequired);
        Assert.True(token.Admits("Bearer " + Token));
        Assert.True(token.Admits("bearer  " + Token + " "));
        foreach (string? wrong in (string?[])[null, "", "Bearer", "Bearer ", Token, "Basic " + Token, "Bearer " + Token[..^1], "Bearer " + Token + "0", "Bearer " + Token.ToUpperInvariant()])
        {
            Assert.False(token.Admits(wrong), wrong);
        }
    }

    [Fact]
    public void Read_File_TakesItsFirstLine()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["token"], Token + "\nnot this\n");
        BearerToken token = Read(new HttpOptions { TokenFile = folder["token"] }, out List<ConfigurationError> errors);
        Assert.Empty(errors);
        Assert.True(token.Admits("Bearer " + Token));
    }

    [Fact]
    public void Read_TokenThatIsNotThereOrTooShort_IsNamed()
    {
        Read(new HttpOptions { TokenVariable = "ABSENT" }, out List<ConfigurationError> absent);
        Assert.Contains("ABSENT", Assert.Single(absent).Message, StringComparison.Ordinal);
        Read(new HttpOptions { TokenFile = "/nowhere/token" }, out List<ConfigurationError> noFile);
        Assert.Equal("Serve:Http:TokenFile", Assert.Single(noFile).Key);
        Read(new HttpOptions { TokenVariable = "SHORT" }, out List<ConfigurationError> tooShort);
        Assert.Contains("5 characters", Assert.Single(tooShort).Message, StringComparison.Ordinal);
    }

    private static BearerToken Read(HttpOptions options, out List<ConfigurationError> errors)
    {
        errors = [];
        return BearerToken.Read(options, static name => name switch { "T" => Token, "SHORT" => "12345", _ => null }, errors);
    }
}
