using System.Security.Cryptography;
using System.Text;

namespace Sluice.Faults.Tests.Input;

/// <summary>A good Parquet file of several row groups.</summary>
internal sealed class ParquetSample
{
    /// <summary>Rows of a group but the last; a multiple of what the library reads at once.</summary>
    public const int RowsAGroup = 2048;

    private static readonly string[] s_queries =
    [
        "SELECT 'row ' || i || ' ' || md5(i::VARCHAR) AS instruction, CASE WHEN i % 3 = 0 THEN NULL ELSE md5((i * 3)::VARCHAR) END AS input, repeat(md5((i * 7)::VARCHAR), 1 + (i % 5)::INT) AS output, i AS id",
        "SELECT i AS id, [{'from': 'human', 'value': 'row ' || i}, {'from': 'gpt', 'value': md5(i::VARCHAR)}] AS conversations, [i, NULL, i * 2] AS numbers, MAP {'k' || (i % 9): i / 4.0} AS meta",
        "SELECT 'ask ' || (i % 50) AS prompt, 'answer ' || (i % 7) AS completion, (i % 2 = 0) AS good, i / 8.0::FLOAT AS score, (i * 1.25)::DECIMAL(18, 4) AS price, DATE '2020-01-01' + (i % 400)::INT AS day, md5(i::VARCHAR)::BLOB AS raw",
    ];

    private ParquetSample(byte[] bytes, string name, IReadOnlyList<long> groups, IReadOnlyList<long> pages, int rows) =>
        (Bytes, Name, Groups, Pages, Rows) = (bytes, name, groups, pages, rows);

    /// <summary>The file of lists and maps, compressed with gzip.</summary>
    public const int Nested = 6;

    /// <summary>Number of different files that <see cref="MakeAsync"/> knows.</summary>
    public static int Kinds => s_queries.Length * 4;

    public byte[] Bytes { get; }

    /// <summary>What it is, for messages.</summary>
    public string Name { get; }

    /// <summary>Where each group begins, and behind the last one the footer.</summary>
    public IReadOnlyList<long> Groups { get; }

    /// <summary>Where each column's first page begins, in order.</summary>
    public IReadOnlyList<long> Pages { get; }

    public int Rows { get; }

    /// <summary>Digests of its rows as the probe makes them: of the first group, the first two, and so on.</summary>
    public IReadOnlyList<string> Digests { get; private set; } = [];

    /// <summary>Makes a file; <paramref name="kind"/> picks its columns and its compression.</summary>
    public static async Task<ParquetSample> MakeAsync(ParquetFiles files, Scratch scratch, int kind)
    {
        string compression = new[] { "zstd", "snappy", "gzip", "uncompressed" }[kind % 4];
        string path = scratch[$"good-{kind}.parquet"];
        int rows = (3 * RowsAGroup) + 700;
        files.Write(path, $"{s_queries[kind / 4]} FROM range({rows}) t(i) ORDER BY i", compression, RowsAGroup);
        string from = $"FROM (SELECT row_group_id AS g, least(data_page_offset, coalesce(dictionary_page_offset, data_page_offset)) AS place FROM parquet_metadata('{path}'))";
        List<long> groups = files.Numbers($"SELECT min(place)::BIGINT {from} GROUP BY g ORDER BY g");
        List<long> pages = files.Numbers($"SELECT place::BIGINT {from} ORDER BY place");
        byte[] bytes = await File.ReadAllBytesAsync(path);
        long footer = bytes.Length - 8 - BitConverter.ToInt32(bytes, bytes.Length - 8);
        ParquetSample sample = new(bytes, $"{compression} {kind / 4}", [.. groups, footer], pages, rows);
        using InputReading reading = new();
        sample.Digests = Digest([.. (await reading.ReadAsync(path)).Select(fate => fate.Row.Bytes)]);
        return sample;
    }

    private static List<string> Digest(List<ReadOnlyMemory<byte>> rows)
    {
        List<string> digests = [];
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (int i = 0; i < rows.Count; i++)
        {
            hash.AppendData(rows[i].Span);
            hash.AppendData(Encoding.ASCII.GetBytes("\n"));
            if ((i + 1) % RowsAGroup == 0)
            {
                digests.Add(Convert.ToHexStringLower(hash.GetCurrentHash()));
            }
        }

        return [.. digests, Convert.ToHexStringLower(hash.GetCurrentHash())];
    }
}
