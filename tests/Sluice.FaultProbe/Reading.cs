using System.Security.Cryptography;
using Sluice.DuckDb;
using Sluice.Parsing;
using Sluice.Records;
using Sluice.Runs;
using Sluice.Sources;
using Sluice.Zstd;

namespace Sluice.FaultProbe;

/// <summary>Reads files as a run does, one after another in one process.</summary>
/// <param name="rowsADigest">Rows between two digests.</param>
internal sealed class Reading(int rowsADigest) : IDisposable
{
    private readonly SourceLimits _limits = new();
    private readonly ZstdDecoder _zstandard = new("");
    private readonly DuckDbFiles _tables = new(new DuckDbOptions(), new ZstdDecoder(""));

    /// <summary>Resolves, frames and parses a file; whatever escapes is part of the answer.</summary>
    public async Task<FileFate> ReadAsync(string path)
    {
        FileFate fate = new(path, null, 0, 0, null, 0, [], null, 0);
        try
        {
            SourcePlan plan = new SourceResolver(_limits, _zstandard).Resolve([new SourceSpec { Path = path }], Path.GetDirectoryName(path)!);
            fate = plan.Errors.Count > 0 ? fate with { PlanError = plan.Errors[0].ToString() } : await ReadAsync(plan.Files[0], fate);
        }
#pragma warning disable CA1031 // Whatever it is, it should not have come out: the answer says so.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            fate = fate with { Escaped = $"{exception.GetType().Name}: {exception.Message}" };
        }

        return fate with { PeakBytes = ProcessMemory.PeakResidentBytes() };
    }

    public void Dispose() => _tables.Dispose();

    private async Task<FileFate> ReadAsync(SourceFile file, FileFate fate)
    {
        RowParser parser = new(_limits);
        List<string> digests = [];
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await foreach (RawChunk chunk in new SourceReader(_limits, _zstandard, _tables).ReadAsync(file, SourcePosition.Start, 256, 1 << 20, CancellationToken.None))
        {
            SampleArena arena = new();
            foreach (RawRow row in chunk.Rows)
            {
                string? reason = parser.Parse(row, file, arena).Reason;
                if (row.Fault is not null)
                {
                    fate = fate with { Rejects = fate.Rejects + 1, Reason = fate.Reason ?? reason, Kept = fate.Rejects == 0 ? row.Bytes.Length : fate.Kept };
                    continue;
                }

                hash.AppendData(row.Bytes.Span);
                hash.AppendData("\n"u8);
                fate = fate with { Rows = fate.Rows + 1 };
                if (fate.Rows % rowsADigest == 0)
                {
                    digests.Add(Convert.ToHexStringLower(hash.GetCurrentHash()));
                }
            }
        }

        digests.Add(Convert.ToHexStringLower(hash.GetCurrentHash()));
        return fate with { Digests = digests };
    }
}
