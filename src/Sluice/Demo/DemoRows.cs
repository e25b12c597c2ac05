using Sluice.Demo.Kinds;

namespace Sluice.Demo;

/// <summary>
/// The rows of a made-up pool. Each follows from seed and number alone, so a pool of any size takes constant memory, a smaller pool is the beginning of a
/// larger one, and an earlier row can be made again to be repeated. Not safe for concurrent use; make one a thread.
/// </summary>
internal sealed class DemoRows
{
    private const int PerThousandBroken = 2;
    private const int PerThousandExact = 10;
    private const int PerThousandNear = 20;
    private const int PerThousandPoor = 80;
    private const int SoundAtStart = 20;
    private const int MostSources = 64;
    private readonly long _seed;
    private readonly DemoRandom _random = new();
    private readonly DemoRow _other = new();
    private readonly NearEdit _nearEdit = new();

    /// <summary>Creates the pool of a seed.</summary>
    public DemoRows(long seed) => _seed = seed;

    private enum Purpose
    {
        Plan,
        Task,
        Planting,
        OtherTask,
    }

    /// <summary>Writes row <paramref name="index"/> (0-based) into <paramref name="row"/>, whatever stood there.</summary>
    public void Fill(long index, DemoRow row)
    {
        PlantedKind kind = Plan(index);
        Planting planting = default;
        switch (kind)
        {
            case PlantedKind.ExactDuplicate:
                planting = RepeatExactly(index, row);
                break;
            case PlantedKind.NearDuplicate:
                planting = RepeatNearly(index, row);
                break;
            case PlantedKind.Poor:
                planting = AnswerPoorly(index, row);
                break;
            case PlantedKind.Broken:
                WriteTask(index, Purpose.Task, row, wrong: false);
                _random.Start(_seed, index, (int)Purpose.Planting);
                planting = new Planting(PlantedKind.Broken, Broken: (BrokenKind)_random.Next(5));
                break;
            default:
                WriteTask(index, Purpose.Task, row, wrong: false);
                break;
        }

        row.Number = index + 1;
        row.Planting = planting;
    }

    private PlantedKind Plan(long index)
    {
        _random.Start(_seed, index, (int)Purpose.Plan);
        int draw = index < SoundAtStart ? 1000 : _random.Next(1000);
        return draw switch
        {
            < PerThousandBroken => PlantedKind.Broken,
            < PerThousandBroken + PerThousandExact => PlantedKind.ExactDuplicate,
            < PerThousandBroken + PerThousandExact + PerThousandNear => PlantedKind.NearDuplicate,
            < PerThousandBroken + PerThousandExact + PerThousandNear + PerThousandPoor => PlantedKind.Poor,
            _ => PlantedKind.None,
        };
    }

    private IDemoKind WriteTask(long index, Purpose purpose, DemoRow row, bool wrong)
    {
        _random.Start(_seed, index, (int)purpose);
        IDemoKind kind = _random.Pick(KindList.All);
        row.Clear();
        row.Kind = kind.Name;
        row.Wrong = wrong;
        kind.Write(row, _random);
        return kind;
    }

    // A sound row before this one; rows with a planting are never repeated, so that "duplicate of" always names the first.
    private long DrawSource(long index, int attempt)
    {
        _random.Start(_seed, index, (int)Purpose.Planting);
        for (int skipped = 0; skipped < attempt; skipped++)
        {
            _random.NextBits();
        }

        long source = _random.NextLong(index);
        return Plan(source) == PlantedKind.None ? source : -1;
    }

    private Planting RepeatExactly(long index, DemoRow row)
    {
        for (int attempt = 0; attempt < MostSources; attempt++)
        {
            long source = DrawSource(index, attempt);
            if (source >= 0)
            {
                WriteTask(source, Purpose.Task, row, wrong: false);
                _random.Start(_seed, ~index, (int)Purpose.Planting);
                ExactEdit.Apply(row, _random);
                return new Planting(PlantedKind.ExactDuplicate, source + 1);
            }
        }

        WriteTask(index, Purpose.Task, row, wrong: false);
        return default;
    }

    private Planting RepeatNearly(long index, DemoRow row)
    {
        for (int attempt = 0; attempt < MostSources; attempt++)
        {
            long source = DrawSource(index, attempt);
            if (source >= 0)
            {
                WriteTask(source, Purpose.Task, _other, wrong: false);
                _random.Start(_seed, ~index, (int)Purpose.Planting);
                if (_nearEdit.TryApply(_other, row, _random))
                {
                    return new Planting(PlantedKind.NearDuplicate, source + 1);
                }
            }
        }

        WriteTask(index, Purpose.Task, row, wrong: false);
        return default;
    }

    private Planting AnswerPoorly(long index, DemoRow row)
    {
        _random.Start(_seed, index, (int)Purpose.Planting);
        PoorKind poor = (PoorKind)_random.Next(6);
        IDemoKind kind = WriteTask(index, Purpose.Task, row, wrong: poor == PoorKind.WrongResult);
        if (poor == PoorKind.WrongResult && !kind.CanBeWrong)
        {
            poor = PoorKind.CutOff;
        }

        if (poor == PoorKind.OffTopic)
        {
            WriteOtherTask(index, row.Kind);
        }

        _random.Start(_seed, ~index, (int)Purpose.Planting);
        PoorAnswer.Apply(poor, row, _other, _random);
        return new Planting(PlantedKind.Poor, Poor: poor);
    }

    // The answer of a task that stands nowhere in the pool, so that a poor row never passes for a duplicate.
    private void WriteOtherTask(long index, string kind)
    {
        int round = 0;
        do
        {
            WriteTask(index, Purpose.OtherTask + round++, _other, wrong: false);
        }
        while (_other.Kind == kind);
    }
}
