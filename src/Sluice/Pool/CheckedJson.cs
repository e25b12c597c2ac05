using System.Security.Cryptography;
using System.Text;

namespace Sluice.Pool;

/// <summary>
/// JSON files that carry their own check, as no ledger names them: the first property is <c>"check"</c>, the first 16 hex digits of the SHA-256 of all bytes behind
/// its line. Any reader of JSON reads them; people may look, and an edit is found.
/// </summary>
internal static class CheckedJson
{
    private static ReadOnlySpan<byte> Before => "{\n  \"check\": \""u8;

    private static ReadOnlySpan<byte> After => "\",\n"u8;

    /// <summary>Puts the check into an indented JSON object of at least one property.</summary>
    public static string Seal(string json)
    {
        string rest = json[2..];
        return json.StartsWith("{\n", StringComparison.Ordinal)
            ? $"{Encoding.UTF8.GetString(Before)}{Check(Encoding.UTF8.GetBytes(rest))}{Encoding.UTF8.GetString(After)}{rest}"
            : throw new ArgumentException("Expected an indented JSON object.", nameof(json));
    }

    /// <summary>What is wrong with the bytes of such a file, as one sentence, or null.</summary>
    public static string? Fault(ReadOnlySpan<byte> bytes)
    {
        int head = Before.Length + 16 + After.Length;
        if (bytes.Length < head || !bytes.StartsWith(Before) || !bytes[(head - After.Length)..].StartsWith(After))
        {
            return "Found no check at its beginning, expected one: it is damaged, or an earlier version of Sluice wrote it.";
        }

        string found = Encoding.UTF8.GetString(bytes[Before.Length..(head - After.Length)]);
        string expected = Check(bytes[head..]);
        return found == expected ? null : $"Found the check {found}, but its content has {expected}: it has been changed since it was written.";
    }

    private static string Check(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes))[..16];
}
