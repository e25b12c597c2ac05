using System.Globalization;

namespace Sluice.Host.Serve.Units;

/// <summary>When a pipeline's selections are due: because rows are new, because the clock says so, or because somebody asks.</summary>
internal sealed class Selections(TimeProvider time)
{
    private readonly Lock _gate = new();
    private DateTimeOffset? _ended;
    private DateTimeOffset _scheduled = time.GetUtcNow();
    private TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _hasNew;
    private bool _isAsked;
    private bool _isRunning;

    /// <summary>Asks for a selection now. False: one is asked for or under way already.</summary>
    public bool Ask()
    {
        lock (_gate)
        {
            if (_isAsked || _isRunning)
            {
                return false;
            }

            _isAsked = true;
            _asked.TrySetResult();
            return true;
        }
    }

    /// <summary>Ends when somebody asks.</summary>
#pragma warning disable VSTHRD003 // The source is this class's own.
    public Task AskedAsync()
    {
        lock (_gate)
        {
            return _asked.Task;
        }
    }
#pragma warning restore VSTHRD003

    /// <summary>Rows are new.</summary>
    public void Note()
    {
        lock (_gate)
        {
            _hasNew = true;
        }
    }

    /// <summary>Takes what is due: <c>request</c>, <c>schedule</c> or <c>ingest</c>; null: nothing is, or one is under way. Who gets a word makes the selection and calls <see cref="End"/>.</summary>
    /// <param name="options">When selections are due.</param>
    /// <param name="isIdle">Whether nothing is left to ingest; new rows that keep coming in are selected from all the same once the interval is over.</param>
    public string? Take(ServeOptions options, bool isIdle)
    {
        lock (_gate)
        {
            DateTimeOffset now = time.GetUtcNow();
            string? due = _isRunning ? null : _isAsked ? "request" : IsScheduled(options, now) ? "schedule"
                : _hasNew && options.SelectAfterIngest && (_ended is null ? isIdle : now - _ended >= options.SelectInterval) ? "ingest" : null;
            if (due is not null)
            {
                _isRunning = true;
                _hasNew = false;
                _isAsked = false;
                _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            return due;
        }
    }

    /// <summary>The selection has ended; after one that failed the next is due as if rows were new.</summary>
    public void End(bool failed)
    {
        lock (_gate)
        {
            _isRunning = false;
            _hasNew |= failed;
            _ended = time.GetUtcNow();
        }
    }

    private bool IsScheduled(ServeOptions options, DateTimeOffset now)
    {
        DateTimeOffset? due = options.SelectEvery > TimeSpan.Zero ? _scheduled + options.SelectEvery : null;
        if (options.SelectAt.Length > 0)
        {
            TimeOnly at = TimeOnly.ParseExact(options.SelectAt, "HH:mm", CultureInfo.InvariantCulture);
            DateTimeOffset today = new(now.UtcDateTime.Date + at.ToTimeSpan(), TimeSpan.Zero);
            DateTimeOffset next = _scheduled < today ? today : today.AddDays(1);
            due = due is { } every && every < next ? every : next;
        }

        if (due is null || now < due)
        {
            return false;
        }

        _scheduled = now;
        return true;
    }
}
