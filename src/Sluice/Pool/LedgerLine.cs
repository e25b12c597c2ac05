using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Sluice.Pool;

/// <summary>How a record stands on a line: <c>{"check":..., "record":{...}}</c>, the check being the first 16 hex digits of the SHA-256 of the record's bytes.</summary>
internal static class LedgerLine
{
    private const int CheckAt = 10; // {"check":"
    private const int RecordAt = 37; // {"check":"0123456789abcdef","record":

    /// <summary>The line of a record, without its line break.</summary>
    public static string Of(LedgerRecord record)
    {
        string json = JsonSerializer.Serialize(record, PoolJson.Options);
        return $"{{\"check\":\"{Check(Encoding.UTF8.GetBytes(json))}\",\"record\":{json}}}";
    }

    /// <summary>The record of a line, or null when the line is damaged.</summary>
    public static LedgerRecord? Parse(ReadOnlySpan<byte> line)
    {
        if (line.Length <= RecordAt + 1 || line[^1] != (byte)'}' || !line.StartsWith("{\"check\":\""u8) || !line[(CheckAt + 16)..].StartsWith("\",\"record\":"u8))
        {
            return null;
        }

        ReadOnlySpan<byte> json = line[RecordAt..^1];
        return line[CheckAt..(CheckAt + 16)].SequenceEqual(Encoding.ASCII.GetBytes(Check(json))) ? JsonSerializer.Deserialize<LedgerRecord>(json, PoolJson.Options) : null;
    }

    private static string Check(ReadOnlySpan<byte> json) => Convert.ToHexStringLower(SHA256.HashData(json))[..16];
}
