using System.Runtime.CompilerServices;
using Sluice.Records;
using Sluice.Sources;

namespace Sluice.Runs.Forecast;

/// <summary>Reads the places of a sample.</summary>
/// <param name="sources">Reads files.</param>
/// <param name="files">The survey.</param>
/// <param name="drawn">Rows of places in files that were read through, by file.</param>
/// <param name="batchRows">Rows of a batch at most.</param>
/// <param name="batchBytes">Raw bytes of a batch at most.</param>
internal sealed class SampleReader(ISource sources, IReadOnlyList<SurveyedFile> files, IReadOnlyDictionary<int, Queue<RawChunk>> drawn, int batchRows, long batchBytes)
{
    private const int Window = 1 << 16;

    /// <summary>The rows of each place, in the plan's order: batches of one place follow each other; <c>End</c> says whether the batch ends its file.</summary>
    public async IAsyncEnumerable<(int Place, SourceFile File, RawChunk Chunk)> ReadAsync(SamplePlan plan, [EnumeratorCancellation] CancellationToken token)
    {
        Dictionary<int, IAsyncEnumerator<RawChunk>> beginnings = [];
        try
        {
            for (int i = 0; i < plan.Places.Count; i++)
            {
                SamplePlace place = plan.Places[i];
                SourceFile file = files[place.File].File;
                if (place.From >= 0)
                {
                    await foreach (RawChunk chunk in EnterAsync(place, token))
                    {
                        yield return (i, file, chunk);
                    }

                    continue;
                }

                if (drawn.TryGetValue(place.File, out Queue<RawChunk>? kept))
                {
                    if (kept.TryDequeue(out RawChunk? chunk))
                    {
                        yield return (i, file, chunk);
                    }

                    continue;
                }

                if (!beginnings.TryGetValue(place.File, out IAsyncEnumerator<RawChunk>? rest))
                {
                    beginnings[place.File] = rest = sources.ReadAsync(file, SourcePosition.Start, place.Rows, batchBytes, token).GetAsyncEnumerator(token);
                }

                if (await rest.MoveNextAsync())
                {
                    yield return (i, file, rest.Current);
                }
            }
        }
        finally
        {
            foreach (IAsyncEnumerator<RawChunk> rest in beginnings.Values)
            {
                await rest.DisposeAsync();
            }
        }
    }

    /// <summary>Everything, in order, in the batches of a run; a file is a place.</summary>
    public async IAsyncEnumerable<(int Place, SourceFile File, RawChunk Chunk)> ReadAllAsync([EnumeratorCancellation] CancellationToken token)
    {
        foreach (SurveyedFile file in files)
        {
            await foreach (RawChunk chunk in sources.ReadAsync(file.File, SourcePosition.Start, batchRows, batchBytes, token))
            {
                yield return (file.File.Index, file.File, chunk);
            }
        }
    }

    private async IAsyncEnumerable<RawChunk> EnterAsync(SamplePlace place, [EnumeratorCancellation] CancellationToken token)
    {
        SourceFile file = files[place.File].File;
        bool isTable = file.Format == SourceFormat.Parquet;
        long from = isTable ? place.From : LineAt(file.Path, place.From, place.To);
        if (from >= place.To)
        {
            yield break;
        }

        // A place holds about as many rows as a batch: cutting it there would leave crumbs that no run has.
        await foreach (RawChunk chunk in sources.ReadAsync(file, new SourcePosition(from, isTable ? from : 0), isTable ? batchRows : batchRows * 2, batchBytes, token))
        {
            List<RawRow> rows = [.. chunk.Rows.Where(row => row.Origin.Offset < place.To)];
            if (rows.Count > 0)
            {
                yield return chunk with { Rows = rows };
            }

            if (rows.Count < chunk.Rows.Count || chunk.Next.Offset >= place.To)
            {
                yield break;
            }
        }
    }

    /// <summary>The first byte from <paramref name="from"/> on that a line begins at; <paramref name="to"/> when none does before it.</summary>
    private static long LineAt(string path, long from, long to)
    {
        if (from == 0)
        {
            return 0;
        }

        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        stream.Position = from - 1;
        byte[] window = new byte[Window];
        for (long at = from - 1; at < to;)
        {
            int read = stream.Read(window);
            if (read == 0)
            {
                break;
            }

            int found = window.AsSpan(0, read).IndexOf((byte)'\n');
            if (found >= 0)
            {
                return Math.Min(to, at + found + 1);
            }

            at += read;
        }

        return to;
    }
}
