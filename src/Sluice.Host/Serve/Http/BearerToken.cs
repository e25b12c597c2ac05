using System.Net;
using System.Security.Cryptography;
using System.Text;
using Sluice.Configuration;

namespace Sluice.Host.Serve.Http;

/// <summary>The secret that requests bear. Only its digest is held, and digests are compared in constant time, whatever the lengths.</summary>
internal sealed class BearerToken
{
    private const int Shortest = 16;
    private const string Scheme = "Bearer ";
    private readonly byte[]? _digest;

    private BearerToken(byte[]? digest) => _digest = digest;

    /// <summary>Whether requests must bear one.</summary>
    public bool IsRequired => _digest is not null;

    /// <summary>Reads the token from where the options say. Adds what is wrong to <paramref name="errors"/>, an address that others reach without a token included.</summary>
    public static BearerToken Read(HttpOptions options, Func<string, string?> variable, List<ConfigurationError> errors)
    {
        const string Section = "Serve:Http";
        if (options.TokenFile.Length > 0 && options.TokenVariable.Length > 0)
        {
            errors.Add(new($"{Section}:TokenFile", "Found TokenVariable as well, expected one of the two."));
        }

        string? token = null;
        string key = $"{Section}:TokenFile";
        if (options.TokenFile.Length > 0)
        {
            try
            {
                token = File.ReadLines(options.TokenFile).FirstOrDefault() ?? "";
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                errors.Add(new(key, $"The token cannot be read: {fault.Message}"));
                return new BearerToken(null);
            }
        }
        else if (options.TokenVariable.Length > 0)
        {
            key = $"{Section}:TokenVariable";
            token = variable(options.TokenVariable);
            if (token is null)
            {
                errors.Add(new(key, $"Found no environment variable {options.TokenVariable}, expected the token in it."));
                return new BearerToken(null);
            }
        }

        if (token is not null && token.Trim().Length < Shortest)
        {
            errors.Add(new(key, $"Found a token of {token.Trim().Length} characters, expected at least {Shortest}: 'openssl rand -hex 32' makes a good one."));
        }

        if (token is null && options.Enabled && Uri.TryCreate(options.Url, UriKind.Absolute, out Uri? url) && !IsLoopback(url.Host))
        {
            errors.Add(new($"{Section}:Url", $"Found {options.Url}, which others can reach, and no token. Set {Section}:TokenFile or {Section}:TokenVariable, or listen on http://127.0.0.1:{url.Port}."));
        }

        return new BearerToken(token is null ? null : Digest(token.Trim()));
    }

    /// <summary>Whether a host name or address means this machine alone.</summary>
    public static bool IsLoopback(string host) => host is "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address));

    /// <summary>Whether the value of an Authorization header is the token.</summary>
    public bool Admits(string? authorization) => _digest is null
        || (authorization is not null && authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && CryptographicOperations.FixedTimeEquals(Digest(authorization[Scheme.Length..].Trim()), _digest));

    private static byte[] Digest(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
