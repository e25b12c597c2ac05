using System.Globalization;
using System.Runtime.InteropServices;

namespace Sluice.Diagnostics.Faults;

/// <summary>
/// Faults on purpose, so that tests can prove what the program does when the world fails: named points in the code that do nothing unless the environment
/// variable <c>SLUICE_FAULTS</c> asks. Every fault that fires leaves a line in the file that <c>SLUICE_FAULTS_LOG</c> names, so that a test knows that it hit.
/// </summary>
public sealed partial class FaultPlan
{
    /// <summary>The environment variable that holds the plan.</summary>
    public const string Variable = "SLUICE_FAULTS";

    /// <summary>The environment variable that names the file for what fired.</summary>
    public const string LogVariable = "SLUICE_FAULTS_LOG";

    /// <summary>The environment variable that holds the seed of chances and random delays; 1 without it.</summary>
    public const string SeedVariable = "SLUICE_FAULTS_SEED";

    private const int NoSpace = 28;
    private const int InputOutput = 5;
    private const int ReadOnlyDisk = 30;
    private readonly List<FaultRule> _rules;
    private readonly string? _log;
    private readonly Random _random;
    private readonly Lock _gate = new();

    private FaultPlan(List<FaultRule> rules, string? log, int seed)
    {
        _rules = rules;
        _log = log;
        _random = new Random(seed);
    }

    /// <summary>The plan of every run that is no test: nothing fires.</summary>
    public static FaultPlan None { get; } = new([], null, 1);

    /// <summary>Whether any fault is planned: callers that would have to wrap something do so only then.</summary>
    public bool IsActive => _rules.Count > 0;

    /// <summary>Reads the plan from the environment. Throws <see cref="FormatException"/> naming the rule that cannot be read.</summary>
    /// <param name="variable">Gives the value of an environment variable, or null.</param>
    public static FaultPlan Read(Func<string, string?> variable)
    {
        string? text = variable(Variable);
        if (string.IsNullOrWhiteSpace(text))
        {
            return None;
        }

        List<FaultRule> rules = [.. text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(FaultRules.Parse)];
        return new FaultPlan(rules, variable(LogVariable), int.TryParse(variable(SeedVariable), NumberStyles.None, CultureInfo.InvariantCulture, out int seed) ? seed : 1);
    }

    /// <summary>Passes a point: kills the process, throws or sleeps where the plan says so.</summary>
    /// <param name="point">Its name, such as <c>ledger.sync.before</c>.</param>
    public void Reach(string point)
    {
        if (_rules.Count > 0)
        {
            Act(point, Fired(point));
        }
    }

    /// <summary>As <see cref="Reach"/>, but hands <see cref="FaultAction.OutOfMemory"/> and <see cref="FaultAction.NotANumber"/> back, which only a model can act out.</summary>
    public FaultAction? Ask(string point)
    {
        FaultRule? rule = _rules.Count == 0 ? null : Fired(point);
        if (rule?.Action is FaultAction.OutOfMemory or FaultAction.NotANumber)
        {
            return rule.Action;
        }

        Act(point, rule);
        return null;
    }

    private FaultRule? Fired(string point)
    {
        FaultRule? fired = null;
        foreach (FaultRule rule in _rules)
        {
            if (rule.Covers(point) && rule.Fires(Chance, out long pass) && fired is null)
            {
                fired = rule;
                Note(string.Create(CultureInfo.InvariantCulture, $"{point} {rule.Action} at pass {pass}\n"));
            }
        }

        return fired;
    }

    private void Act(string point, FaultRule? rule)
    {
        switch (rule?.Action)
        {
            case null:
                break;
            case FaultAction.Kill:
                // SIGKILL: nothing of ours runs after it, no finaliser, no flush.
                _ = Kill(Environment.ProcessId, 9);
                break;
            case FaultAction.Full:
                throw new IOException($"No space left on device (fault on purpose at {point})", NoSpace);
            case FaultAction.Io:
                throw new IOException($"Input/output error (fault on purpose at {point})", InputOutput);
            case FaultAction.ReadOnly:
                throw new IOException($"Read-only file system (fault on purpose at {point})", ReadOnlyDisk);
            case FaultAction.Delay:
                Sleep(rule);
                break;
            default:
                throw new InvalidOperationException($"Fault on purpose at {point}.");
        }
    }

    private double Chance()
    {
        lock (_gate)
        {
            return _random.NextDouble() * 100;
        }
    }

    private void Sleep(FaultRule rule)
    {
        double length = rule.IsRandom ? Chance() / 100 * rule.Milliseconds : rule.Milliseconds;
#pragma warning disable RS0030 // A stalled disk or model holds its thread; so must its imitation.
        Thread.Sleep(TimeSpan.FromMilliseconds(length));
#pragma warning restore RS0030
    }

    private void Note(string line)
    {
        if (_log is not null)
        {
            lock (_gate)
            {
                File.AppendAllText(_log, line);
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);
}
