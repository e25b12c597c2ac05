using System.Text.Json;
using Sluice.Inference.Tokenization;
using Sluice.Inference.Tokenization.Cutting;

namespace Sluice.Tests.Inference.Tokenization;

/// <summary>Compares a golden row with what the tokenizer gives under the truncation and padding of its own file.</summary>
internal static class GoldenParts
{
    /// <summary>What differs, or null.</summary>
    public static string? Compare(Tokenizer tokenizer, JsonElement row)
    {
        string text = row.GetProperty("text").GetString()!;
        string? pair = row.TryGetProperty("pair", out JsonElement second) ? second.GetString() : null;
        IReadOnlyList<EncodedPart> parts;
        try
        {
            parts = pair is null
                ? tokenizer.EncodeParts(text, tokenizer.Truncation, tokenizer.Padding)
                : tokenizer.EncodePairParts(text, pair, tokenizer.Truncation, tokenizer.Padding);
        }
        catch (TruncationException fault)
        {
            return row.TryGetProperty("error", out _) ? Fast(tokenizer, text, pair, null) : $"found {fault.Message}, expected no error";
        }

        if (row.TryGetProperty("error", out JsonElement error))
        {
            return $"found no error, expected {error.GetString()}";
        }

        int[] ids = GoldenFiles.Numbers(row, "ids");
        int[] types = row.TryGetProperty("type_ids", out _) ? GoldenFiles.Numbers(row, "type_ids") : new int[ids.Length];
        int[] mask = row.TryGetProperty("mask", out _) ? GoldenFiles.Numbers(row, "mask") : [.. Enumerable.Repeat(1, ids.Length)];
        int ones = row.TryGetProperty("attn", out JsonElement attention) ? attention.GetInt32() : mask.Sum();
        bool counted = row.TryGetProperty("overflow", out JsonElement overflow) && overflow.ValueKind == JsonValueKind.Number;
        int further = counted ? overflow.GetInt32() : row.TryGetProperty("overflow_count", out JsonElement count) ? count.GetInt32() : 0;
        EncodedPart found = parts[0];
        return Differ("ids", found.Ids, ids)
            ?? Differ("type ids", [.. found.Types.Select(type => (int)type)], types)
            ?? (attention.ValueKind == JsonValueKind.Undefined ? Differ("mask", [.. found.Mask.Select(bit => (int)bit)], mask) : null)
            ?? (found.Mask.Sum(bit => bit) == ones ? null : $"found {found.Mask.Sum(bit => bit)} tokens, expected {ones}")
            ?? (parts.Count - 1 == further ? null : $"found {parts.Count - 1} further parts, expected {further}")
            ?? (overflow.ValueKind == JsonValueKind.Array
                ? overflow.EnumerateArray().Select((part, i) => Differ($"part {i + 1}", parts[i + 1].Ids, [.. part.EnumerateArray().Select(id => id.GetInt32())])).FirstOrDefault(failure => failure is not null)
                : null)
            ?? Fast(tokenizer, text, pair, found);
    }

    // The way that models take gives the first part without its padding, or the same refusal.
    private static string? Fast(Tokenizer tokenizer, string text, string? pair, EncodedPart? expected)
    {
        TruncationOptions truncation = tokenizer.Truncation ?? new TruncationOptions(int.MaxValue);
        var buffer = new TokenBuffer();
        buffer.Add(7);
        try
        {
            int count = pair is null ? tokenizer.Encode(text, truncation, buffer) : tokenizer.EncodePair(text, pair, truncation, buffer);
            return expected is null ? "found no error without parts, expected one"
                : count != buffer.Count - 1 ? $"found the count {count}, expected {buffer.Count - 1}"
                : Differ("ids without parts", buffer.Ids[1..].ToArray(), [.. expected.Ids.Where((_, i) => expected.Mask[i] == 1)])
                ?? Differ("type ids without parts", [.. buffer.Types[1..].ToArray().Select(type => (int)type)], [.. expected.Types.Where((_, i) => expected.Mask[i] == 1).Select(type => (int)type)]);
        }
        catch (TruncationException fault)
        {
            return expected is null ? null : $"found {fault.Message} without parts, expected no error";
        }
    }

    private static string? Differ(string what, IReadOnlyList<int> found, IReadOnlyList<int> expected)
    {
        if (found.SequenceEqual(expected))
        {
            return null;
        }

        int same = found.Zip(expected).TakeWhile(both => both.First == both.Second).Count();
        return $"{what}: found {string.Join(' ', found.Skip(same - 2).Take(8))} of {found.Count}, expected {string.Join(' ', expected.Skip(same - 2).Take(8))} of {expected.Count} from token {same}";
    }
}
