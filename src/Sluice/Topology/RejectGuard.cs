using System.Globalization;
using Sluice.Records;

namespace Sluice.Topology;

/// <summary>Gives the run up when most rows are refused: then the shape or the mapping is wrong, not the rows.</summary>
internal sealed class RejectGuard(double maxShare, long read, long rejected)
{
    private const long MinimumRows = 1000;
    private long _read = read;
    private long _rejected = rejected;

    /// <summary>Counts a batch. Throws <see cref="TooManyRejectsException"/> with a sample reason when the share is over the limit.</summary>
    public void Count(RowBatch batch)
    {
        _read += batch.Read;
        _rejected += batch.Rejections.Count;
        if (_read >= MinimumRows && maxShare < 1 && _rejected > maxShare * _read && batch.Rejections.Count > 0)
        {
            Rejection last = batch.Rejections[^1];
            throw new TooManyRejectsException(string.Create(CultureInfo.InvariantCulture,
                $"{_rejected} of {_read} rows were rejected, over the limit Flow:MaxRejectShare = {maxShare}. The last one, number {last.Origin.Number} of its file: {last.Reason} State the shape or a mapping in the pipeline's Sources, or raise the limit."));
        }
    }
}
