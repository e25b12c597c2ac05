using System.Text.Json;
using Sluice.Parsing;
using Sluice.Records;
using Sluice.Sources;
using Sluice.Tests.Sources;
using Xunit.Abstractions;

namespace Sluice.Tests.Parsing;

/// <summary>Every file of the real pool, read and parsed as found by itself.</summary>
public sealed class PoolFilesTests(ITestOutputHelper output)
{
    [SharedFact("data/MANIFEST.json")]
    public async Task ReadAndParse_WholePool_EveryRowOnceWithOneFate()
    {
        using JsonDocument manifest = JsonDocument.Parse(await File.ReadAllBytesAsync(Repository.Shared("data/MANIFEST.json")));
        Dictionary<string, int> expected = manifest.RootElement.EnumerateArray().Where(entry => entry.GetProperty("file").GetString()!.StartsWith("pool/", StringComparison.Ordinal))
            .ToDictionary(entry => entry.GetProperty("file").GetString()!["pool/".Length..], entry => entry.GetProperty("rows").GetInt32());
        SourceLimits limits = new();
        SourcePlan plan = new SourceResolver(limits, new PrefixedDecoder()).Resolve([new SourceSpec { Path = "pool" }], Repository.Shared("data"));
        SourceReader reader = new(limits, new PrefixedDecoder(), new ListedRows([]));
        RowParser parser = new(limits);
        Assert.Empty(plan.Errors);
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), plan.Files.Select(file => file.Name));
        Dictionary<string, int> refused = [];
        int total = 0;
        foreach (SourceFile file in plan.Files)
        {
            int rows = 0;
            SampleArena arena = new();
            await foreach (RawChunk chunk in reader.ReadAsync(file, default, 500, 1 << 20, CancellationToken.None))
            {
                rows += chunk.Rows.Count;
                foreach (RawRow row in chunk.Rows)
                {
                    ParseOutcome outcome = parser.Parse(row, file, arena);
                    if (outcome.Reason is { } reason)
                    {
                        output.WriteLine($"{file.Name}#{row.Origin.Number}: {reason}");
                        refused[file.Name] = refused.GetValueOrDefault(file.Name) + 1;
                    }
                    else
                    {
                        Assert.True(outcome.Sample!.Turns.Count >= 2);
                    }
                }
            }

            Assert.Equal(expected[file.Name], rows);
            total += rows;
        }

        Assert.Equal(196_023, total);

        // Eight conversations of this file hold a question and no answer.
        Assert.Equal([KeyValuePair.Create("smilechat_zh.jsonl.gz", 8)], refused);
    }
}
