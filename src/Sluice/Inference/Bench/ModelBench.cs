using Sluice.Inference.Manifests;
using Sluice.Records;

namespace Sluice.Inference.Bench;

/// <summary>Measures a model beside its bare session: whatever the pipeline does around the session is the difference.</summary>
internal sealed class ModelBench
{
    /// <summary>Rounds of each measurement; in each, what is compared runs one after the other.</summary>
    public const int Rounds = 5;

    // A pass that is over sooner is repeated: timers and other programs would make up too much of it.
    private static readonly TimeSpan s_shortest = TimeSpan.FromMilliseconds(50);

    private readonly TextModel _model;
    private readonly RecordingSession _session;
    private readonly Func<Sample, int> _tokenize;
    private readonly int _padId;
    private readonly TimeProvider _time;
    private readonly int _parallel;

    /// <summary>Creates the bench.</summary>
    /// <param name="model">The model.</param>
    /// <param name="session">Its session.</param>
    /// <param name="tokenize">Tokenises a row and says how many tokens it has; called from many threads.</param>
    /// <param name="padId">Id that pads.</param>
    /// <param name="time">The clock.</param>
    /// <param name="parallel">Batches worked on at once.</param>
    public ModelBench(TextModel model, RecordingSession session, Func<Sample, int> tokenize, int padId, TimeProvider time, int parallel)
    {
        _model = model;
        _session = session;
        _tokenize = tokenize;
        _padId = padId;
        _time = time;
        _parallel = parallel;
    }

    /// <summary>Rows a second, roughly: one pass after a warm-up.</summary>
    public double Estimate(IReadOnlyList<RowBatch> batches, CancellationToken token)
    {
        Score(batches, fresh: true, token);
        return batches.Sum(batch => batch.Samples.Count) / Math.Max(1e-9, Time(1, () => Score(batches, fresh: true, token)).TotalSeconds);
    }

    /// <summary>Measures rows. Throws <see cref="InferenceException"/> when the model fails on one.</summary>
    public BenchLine Measure(string name, IReadOnlyList<RowBatch> batches, CancellationToken token)
    {
        RecordedRun[] calls = Record(batches, token);
        int count = batches.Sum(batch => batch.Samples.Count);
        Array[] outputs = [.. Enumerable.Range(0, _parallel).Select(_ => Buffer(calls))];
        // Each is measured in turn, round after round, so that a slow second of the machine is nobody's own.
        (Action Pass, int Repeats)[] passes =
        [
            .. new Action[] { () => Score(batches, fresh: true, token), () => Score(batches, fresh: false, token), () => Replay(calls, outputs, token), () => Tokenize(batches, token) }
                .Select(pass => (pass, Repeats(pass))),
        ];
        var seconds = new double[passes.Length, Rounds];
        for (int round = 0; round < Rounds; round++)
        {
            for (int i = 0; i < passes.Length; i++)
            {
                token.ThrowIfCancellationRequested();
                seconds[i, round] = Time(passes[i].Repeats, passes[i].Pass).TotalSeconds / passes[i].Repeats;
            }
        }

        long tokens = batches.Sum(batch => batch.Samples.Sum(sample => (long)_tokenize(sample)));
        long fed = calls.Sum(call => (long)RecordedRun.Count(Ids(call)));
        long real = calls.Sum(Tokens);
        foreach (RowBatch batch in batches)
        {
            batch.ReleaseScratch();
        }

        return new BenchLine
        {
            Rows = name,
            Count = count,
            Calls = calls.Length,
            Tokens = real,
            Padding = fed == 0 ? 0 : 1 - ((double)real / fed),
            RowsPerSecond = count / Median(round => seconds[0, round]),
            ScoredPerSecond = count / Median(round => seconds[1, round]),
            BarePerSecond = count / Median(round => seconds[2, round]),
            TokenizedPerSecond = tokens / Median(round => seconds[3, round]),
            Share = Median(round => seconds[2, round] / seconds[0, round]),
            ScoredShare = Median(round => seconds[2, round] / seconds[1, round]),
        };
    }

    private static double Median(Func<int, double> value) => Enumerable.Range(0, Rounds).Select(value).Order().ElementAt(Rounds / 2);

    private static Array Buffer(RecordedRun[] calls)
    {
        Tensor largest = calls.SelectMany(call => call.Outputs).MaxBy(RecordedRun.Count)!;
        return Array.CreateInstance(largest.Data.GetType().GetElementType()!, RecordedRun.Count(largest));
    }

    private int Repeats(Action pass)
    {
        TimeSpan once = Time(1, pass);
        return once >= s_shortest ? 1 : (int)Math.Clamp(s_shortest / TimeSpan.FromTicks(Math.Max(1, once.Ticks)), 1, 1000);
    }

    private TimeSpan Time(int repeats, Action pass)
    {
        long start = _time.GetTimestamp();
        for (int i = 0; i < repeats; i++)
        {
            pass();
        }

        return _time.GetElapsedTime(start);
    }

    private RecordedRun[] Record(IReadOnlyList<RowBatch> batches, CancellationToken token)
    {
        _session.Record = [];
        foreach (RowBatch batch in batches)
        {
            float[] into = new float[batch.Samples.Count * _model.Width];
            Score(batch, into, fresh: true, token);
            if (Array.FindIndex(into, float.IsNaN) is >= 0 and int place)
            {
                throw new InferenceException($"The model {_model.Manifest.Name} gave no number for row {batch.Samples[place / _model.Width].Origin.Number} of the bench.");
            }
        }

        RecordedRun[] calls = [.. _session.Record];
        _session.Record = null;
        return calls;
    }

    private void Score(IReadOnlyList<RowBatch> batches, bool fresh, CancellationToken token) => ForEach(batches.Count, (i, _) =>
    {
        float[] into = System.Buffers.ArrayPool<float>.Shared.Rent(batches[i].Samples.Count * _model.Width);
        Score(batches[i], into.AsSpan(0, batches[i].Samples.Count * _model.Width), fresh, token);
        System.Buffers.ArrayPool<float>.Shared.Return(into);
    });

    // Tokens of an earlier pass are kept by the batch; a fresh pass makes them again.
    private void Score(RowBatch batch, Span<float> into, bool fresh, CancellationToken token)
    {
        if (fresh)
        {
            batch.ReleaseScratch();
        }

        _model.Score(batch, into, token);
    }

    private void Replay(RecordedRun[] calls, Array[] outputs, CancellationToken token) => ForEach(calls.Length, (i, worker) =>
    {
        token.ThrowIfCancellationRequested();
        _session.Bare.Run(calls[i].Inputs, [.. calls[i].Outputs.Select(output => output with { Data = outputs[worker] })]);
    });

    private void Tokenize(IReadOnlyList<RowBatch> batches, CancellationToken token) => ForEach(batches.Count, (i, _) =>
    {
        token.ThrowIfCancellationRequested();
        foreach (Sample sample in batches[i].Samples)
        {
            _tokenize(sample);
        }
    });

    private void ForEach(int count, Action<int, int> work)
    {
        int next = -1;
        void Work(int worker)
        {
            for (int i = Interlocked.Increment(ref next); i < count; i = Interlocked.Increment(ref next))
            {
                work(i, worker);
            }
        }

        if (_parallel == 1)
        {
            Work(0);
        }
        else
        {
            Parallel.For(0, _parallel, new ParallelOptions { MaxDegreeOfParallelism = _parallel }, Work);
        }
    }

    private Tensor Ids(RecordedRun call) => Input(call, InputRole.Ids) ?? call.Inputs[0];

    private Tensor? Input(RecordedRun call, InputRole role) =>
        _model.Manifest.Inputs.FirstOrDefault(input => input.Role == role) is { } input ? call.Inputs.First(tensor => tensor.Name == input.Name) : null;

    // Tokens of a call: what the mask says, or the ids without the padding at the ends of rows.
    private long Tokens(RecordedRun call)
    {
        if (Input(call, InputRole.Mask) is { } mask)
        {
            return mask.Data.Cast<object>().LongCount(value => Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture) != 0);
        }

        Tensor ids = Ids(call);
        int length = (int)ids.Shape[1];
        long[] values = [.. ids.Data.Cast<object>().Select(value => Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture))];
        return Enumerable.Range(0, call.Rows).Sum(row => (long)values.AsSpan(row * length, length).TrimEnd((long)_padId).Length);
    }
}
