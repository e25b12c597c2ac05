using System.Collections.Concurrent;
using System.Globalization;
using Sluice.Runs;
using Sluice.Topology;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Sluice.Host.Display;

/// <summary>A live picture on a terminal: a bar with rate and time left, and a line a stage with what it does and what waits before it.</summary>
internal sealed class LiveDisplay : IRunDisplay
{
    private readonly IAnsiConsole _console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
    private readonly ConcurrentQueue<string> _held = new();
    private int _phases;

    public void Say(string message) => Tell(Markup.Escape(message));

    public void Warn(string message) => Tell($"[yellow]warning:[/] {Markup.Escape(message)}");

    public IDisposable Phase(string name, Func<RunProgress> progress)
    {
        Interlocked.Increment(ref _phases);
        return new LivePhase(this, name, progress);
    }

    // A line printed into a live picture would tear it: lines wait for the end of the phase.
    private void Tell(string markup)
    {
        if (Volatile.Read(ref _phases) > 0)
        {
            _held.Enqueue(markup);
        }
        else
        {
            _console.MarkupLine(markup);
        }
    }

    private void End(string name, RunProgress last, TimeSpan elapsed)
    {
        if (elapsed.TotalSeconds >= 0.5)
        {
            string rows = last.Rows > 0 ? string.Create(CultureInfo.InvariantCulture, $"  {last.Rows:N0} rows, {last.Rows / elapsed.TotalSeconds:N0}/s") : "";
            _console.MarkupLine(string.Create(CultureInfo.InvariantCulture, $"[green]✓[/] {Markup.Escape(name)} [grey]{elapsed.TotalSeconds:N1} s{rows}[/]"));
        }

        Interlocked.Decrement(ref _phases);
        while (_held.TryDequeue(out string? line))
        {
            _console.MarkupLine(line);
        }
    }

    private sealed class LivePhase : IDisposable
    {
        private readonly LiveDisplay _owner;
        private readonly string _name;
        private readonly Func<RunProgress> _progress;
        private readonly long _started = TimeProvider.System.GetTimestamp();
        private readonly ManualResetEventSlim _stop = new();
        private readonly Thread _thread;

        public LivePhase(LiveDisplay owner, string name, Func<RunProgress> progress)
        {
            _owner = owner;
            _name = name;
            _progress = progress;
            // A thread of its own: the picture must move while all pool threads score.
            _thread = new Thread(Show) { IsBackground = true, Name = "display" };
            _thread.Start();
        }

        public void Dispose()
        {
            _stop.Set();
            _thread.Join();
            _stop.Dispose();
            _owner.End(_name, _progress(), Elapsed);
        }

        private TimeSpan Elapsed => TimeProvider.System.GetElapsedTime(_started);

        private void Show()
        {
            if (_stop.Wait(TimeSpan.FromMilliseconds(300)))
            {
                return;
            }

            _owner._console.Live(new Text("")).AutoClear(true).Start(context =>
            {
                do
                {
                    context.UpdateTarget(Picture(_progress(), Elapsed));
                }
                while (!_stop.Wait(TimeSpan.FromMilliseconds(250)));
            });
        }

        private IRenderable Picture(RunProgress progress, TimeSpan elapsed)
        {
            const int Width = 40;
            int filled = (int)Math.Round(Math.Clamp(progress.Share, 0, 1) * Width);
            double rate = progress.Rows / Math.Max(0.001, elapsed.TotalSeconds);
            string left = progress.Share > 0.02 ? $"  {Duration(elapsed * ((1 - progress.Share) / progress.Share))} left" : "";
            string rows = progress.Rows > 0 ? string.Create(CultureInfo.InvariantCulture, $"  {progress.Rows:N0} rows  {rate:N0}/s") : "";
            Markup bar = new($"{Markup.Escape(_name)}  [green]{new string('━', filled)}[/][grey]{new string('━', Width - filled)}[/] {progress.Share.ToString("P0", CultureInfo.InvariantCulture)}{rows}{left}  [grey]{Markup.Escape(progress.What)}[/]");
            return progress.Stages.Count == 0 ? bar : new Rows(bar, Stages(progress.Stages, elapsed));
        }

        private static Table Stages(IReadOnlyList<StageMeter> stages, TimeSpan elapsed)
        {
            Table table = new Table().Border(TableBorder.None).AddColumn("[grey]stage[/]")
                .AddColumn(new TableColumn("[grey]rows[/]").RightAligned()).AddColumn(new TableColumn("[grey]rows/s[/]").RightAligned())
                .AddColumn(new TableColumn("[grey]at work[/]").RightAligned()).AddColumn(new TableColumn("[grey]busy[/]").RightAligned()).AddColumn("[grey]queue[/]");
            StageMeter busiest = stages.MaxBy(s => s.Busy / s.Workers)!;
            foreach (StageMeter stage in stages)
            {
                double busy = stage.Busy / (elapsed * stage.Workers);
                string colour = stage == busiest ? "yellow" : "default";
                table.AddRow(
                    $"[{colour}]{stage.Name}[/]",
                    stage.Rows.ToString("N0", CultureInfo.InvariantCulture),
                    (stage.Rows / Math.Max(0.001, elapsed.TotalSeconds)).ToString("N0", CultureInfo.InvariantCulture),
                    string.Create(CultureInfo.InvariantCulture, $"{stage.AtWork}/{stage.Workers}"),
                    $"[{colour}]{busy.ToString("P0", CultureInfo.InvariantCulture)}[/]",
                    Queue(stage));
            }

            return table;
        }

        // What may wait before a stage, and what does: a full one says who is slow.
        private static string Queue(StageMeter stage)
        {
            int room = Math.Max(0, stage.Room - stage.Workers);
            int full = Math.Min(room, stage.Waiting);
            return $"{new string('▪', full)}[grey]{new string('·', room - full)}[/]{(stage.Asks ? " [grey]asks an endpoint[/]" : "")}";
        }

        private static string Duration(TimeSpan time) => time.TotalHours >= 1
            ? string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours} h {time.Minutes} min")
            : time.TotalMinutes >= 1 ? string.Create(CultureInfo.InvariantCulture, $"{time.Minutes} min {time.Seconds} s") : string.Create(CultureInfo.InvariantCulture, $"{time.Seconds} s");
    }
}
