using System.IO.Compression;
using Sluice.DuckDb;
using Sluice.Parsing;
using Sluice.Sources;
using Sluice.Zstd;

namespace Sluice.Faults.Tests.Input;

/// <summary>Reads files the way a run does: resolved, framed and parsed by the program's own types over the real libraries.</summary>
internal sealed class InputReading : IDisposable
{
    private readonly DuckDbFiles _tables = new(new DuckDbOptions(), new ZstdDecoder(""));
    private readonly ZstdDecoder _zstandard = new("");
    private readonly SourceLimits _limits;
    private readonly SourceReader _reader;
    private readonly RowParser _parser;

    public InputReading(SourceLimits? limits = null)
    {
        _limits = limits ?? new SourceLimits();
        _reader = new SourceReader(_limits, _zstandard, _tables);
        _parser = new RowParser(_limits);
    }

    /// <summary>The plan of one path.</summary>
    public SourcePlan Plan(string path, FieldMapping? mapping = null) =>
        new SourceResolver(_limits, _zstandard).Resolve([new SourceSpec { Path = path, Mapping = mapping }], Path.GetDirectoryName(path)!);

    /// <summary>Every row of a file and its fate, or the one error of the plan in <see cref="InvalidOperationException"/>.</summary>
    public async Task<List<Fate>> ReadAsync(string path, FieldMapping? mapping = null)
    {
        SourcePlan plan = Plan(path, mapping);
        return plan.Errors.Count > 0 ? throw new InvalidOperationException(plan.Errors[0].ToString()) : await ReadAsync(Assert.Single(plan.Files));
    }

    /// <summary>Every row of a planned file and its fate.</summary>
    public async Task<List<Fate>> ReadAsync(SourceFile file)
    {
        List<Fate> fates = [];
        bool ended = false;
        await foreach (RawChunk chunk in _reader.ReadAsync(file, SourcePosition.Start, 256, 1 << 20, CancellationToken.None))
        {
            Assert.False(ended, "a chunk after the last");
            ended = chunk.End;
            SampleArena arena = new();
            foreach (Records.RawRow row in chunk.Rows)
            {
                Fate fate = Fate.Of(row, _parser.Parse(row, file, arena));
                Assert.True(fate.Sample is null != fate.Reason is null, "a row needs exactly one fate");
                Assert.NotEqual("", fate.Reason);
                fates.Add(fate);
            }
        }

        Assert.True(ended, "no chunk said that it was the last");
        return fates;
    }

    public static byte[] GZip(ReadOnlySpan<byte> bytes)
    {
        using MemoryStream all = new();
        using (GZipStream encoder = new(all, CompressionLevel.Optimal, leaveOpen: true))
        {
            encoder.Write(bytes);
        }

        return all.ToArray();
    }

    public static byte[] Zstandard(ReadOnlySpan<byte> bytes)
    {
        using MemoryStream all = new();
        using (Stream encoder = new ZstdEncoder("").Encode(all, 3))
        {
            encoder.Write(bytes);
        }

        return all.ToArray();
    }

    public void Dispose() => _tables.Dispose();
}
