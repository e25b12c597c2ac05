using System.Globalization;
using System.Text;
using Sluice.Runs.Forecast;

namespace Sluice.Host.Display;

/// <summary>A forecast for people: a table, then sentences.</summary>
internal static class ForecastText
{
    /// <summary>The text, without a line break at its end.</summary>
    public static string Of(ForecastReport report)
    {
        StringBuilder text = new();
        text.AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"  {report.Name}: {report.Files:N0} {(report.Files == 1 ? "file" : "files")}, {MachineRoom.Size(report.Bytes)}; {(report.IsWhole ? "all" : "a sample of")} {report.Sampled:N0} rows{(report.IsWhole ? "" : string.Create(CultureInfo.InvariantCulture, $" from {report.Places:N0} places (seed {report.Seed})"))}, {report.Took.TotalSeconds:0.0} s");
        text.AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"  {"",-22} {"estimate",14} {"from",14} {"to",14}");
        double rows = report["rows"].Estimate;
        foreach (ForecastLine line in report.Lines)
        {
            string share = line.What is "rejected" or "duplicates" && rows > 0
                ? string.Create(CultureInfo.InvariantCulture, $"   {line.Value.Estimate / rows:P2} ({line.Value.From / rows:P2} to {Math.Min(1, line.Value.To / rows):P2})") : "";
            text.AppendLine(CultureInfo.InvariantCulture, $"  {line.What,-22} {Show(line.Unit, line.Value.Estimate),14} {Show(line.Unit, line.Value.From),14} {Show(line.Unit, line.Value.To),14}{share}");
        }

        text.AppendLine();
        if (report.Bottleneck is { } bottleneck)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  The bottleneck is {bottleneck.Name}, at work {bottleneck.Busy:P0} of the time.");
        }

        foreach (string note in report.Notes)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {note}");
        }

        return text.ToString();
    }

    private static string Show(string unit, double value) => unit switch
    {
        "bytes" => MachineRoom.Size(value),
        "seconds" => Time(value),
        "money" => value.ToString("N2", CultureInfo.InvariantCulture),
        _ => value.ToString("N0", CultureInfo.InvariantCulture),
    };

    private static string Time(double seconds) => seconds switch
    {
        < 60 => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} s"),
        < 3600 => string.Create(CultureInfo.InvariantCulture, $"{(int)seconds / 60} min {(int)seconds % 60} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)seconds / 3600} h {(int)seconds % 3600 / 60} min"),
    };
}
