using System.Text;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Sluice.Parsing;
using Sluice.Records;
using Sluice.Sources;

namespace Sluice.Benchmarks.Parsing;

/// <summary>Parsing alone, one thread, over made-up rows of 0.6 to 1 KB; the baseline builds a document a row and takes its texts as strings.</summary>
[MemoryDiagnoser]
public class RowParserBench
{
    private const int Rows = 2000;
    private readonly RowParser _parser = new(new SourceLimits());
    private readonly SourceFile _file = new(0, "/rows.jsonl", "rows.jsonl", SourceFormat.JsonLines, Compression.None, RowShapes.Auto, "", null);
    private RawRow[] _rows = [];

    /// <summary>Kind of rows.</summary>
    [ParamsSource(nameof(Pools))]
    public RowPool Pool { get; set; } = RowPool.Alpaca;

    /// <summary>The kinds.</summary>
    public static IEnumerable<RowPool> Pools => [RowPool.Alpaca, RowPool.ShareGpt, RowPool.Chinese];

    /// <summary>Makes the rows.</summary>
    [GlobalSetup]
    public void Setup() => _rows = [.. Pool.Make(Rows, seed: 1).Select((row, i) => new RawRow(new RowOrigin(0, i + 1, 0), row))];

    /// <summary>Document and strings.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Rows)]
    public int Document()
    {
        int length = 0;
        foreach (RawRow row in _rows)
        {
            using JsonDocument document = JsonDocument.Parse(row.Bytes);
            JsonElement root = document.RootElement;
            length += root.TryGetProperty("conversations", out JsonElement turns)
                ? turns.EnumerateArray().Sum(turn => turn.GetProperty("from").GetString()!.Length + turn.GetProperty("value").GetString()!.Length)
                : root.GetProperty("instruction").GetString()!.Length + root.GetProperty("input").GetString()!.Length + root.GetProperty("output").GetString()!.Length;
        }

        return length;
    }

    /// <summary>Ours: shape found row by row, texts in an arena.</summary>
    [Benchmark(OperationsPerInvoke = Rows)]
    public int Parser()
    {
        int length = 0;
        SampleArena arena = new();
        foreach (RawRow row in _rows)
        {
            length += _parser.Parse(row, _file, arena).Sample!.Turns.Count;
        }

        return length;
    }

    /// <summary>A kind of rows with a readable name.</summary>
    /// <param name="Name">Shown in the table.</param>
    public sealed record RowPool(string Name)
    {
        /// <summary>English, one answer, some escapes.</summary>
        public static RowPool Alpaca { get; } = new("alpaca");

        /// <summary>English, six turns.</summary>
        public static RowPool ShareGpt { get; } = new("sharegpt");

        /// <summary>Chinese, one answer.</summary>
        public static RowPool Chinese { get; } = new("chinese");

        /// <inheritdoc/>
        public override string ToString() => Name;

        internal IEnumerable<byte[]> Make(int count, int seed)
        {
            Random random = new(seed);
            string[] words = Name == "chinese" ? ["健康", "饮食", "的", "是", "运动", "，", "。\\n"] : ["the", "stream", "of", "a", "model\\n", "\\\"quoted\\\"", "learning", "training", "and", "answers,"];
            string Text(int length)
            {
                StringBuilder text = new();
                while (text.Length < length)
                {
                    text.Append(words[random.Next(words.Length)]).Append(Name == "chinese" ? "" : " ");
                }

                return text.ToString();
            }

            for (int i = 0; i < count; i++)
            {
                int size = random.Next(450, 850) / (Name == "chinese" ? 3 : 1);
                yield return Encoding.UTF8.GetBytes(Name == "sharegpt"
                    ? $$"""{"id": "s-{{i}}", "source": "bench", "conversations": [{{string.Join(", ", Enumerable.Range(0, 6).Select(turn => $$"""{"from": "{{(turn % 2 == 0 ? "human" : "gpt")}}", "value": "{{Text(size / 6)}}"}"""))}}]}"""
                    : $$"""{"id": "a-{{i}}", "source": "bench", "instruction": "{{Text(size / 6)}}", "input": "{{(i % 3 == 0 ? Text(size / 6) : "")}}", "output": "{{Text(size * 2 / 3)}}"}""");
            }
        }
    }
}
