using System.Text.Json.Nodes;

namespace Sluice.Sinks.Report.Sections;

/// <summary>The input files and what became of their rows.</summary>
internal sealed class FilesSection : IReportSection
{
    private const int MaxFiles = 200;

    public string Id => "files";

    public string Title => "Input files";

    public string? Missing(ReportContext context) => context.Manifest.Objects("files").Count == 0 ? "the pool names no input files" : null;

    public void Write(Markup markup, ReportContext context)
    {
        IReadOnlyList<JsonObject> files = context.Manifest.Objects("files");
        Table.Write(
            markup,
            "Rows by input file",
            ["File", "Label", "Size#", "Read#", "Annotated#", "Duplicate#", "Rejected#", "SHA-256"],
            files.Take(MaxFiles).Select(f => (IReadOnlyList<string>)
            [
                SafeText.Shorten(f.Text("name"), 120),
                SafeText.Shorten(f.Text("label"), 60),
                Figures.Bytes(f.Count("bytes")),
                Figures.Count(f.Count("read")),
                Figures.Count(f.Count("annotated")),
                Figures.Count(f.Count("duplicate")),
                Figures.Count(f.Count("rejected")),
                SafeText.Shorten(f.Text("sha256"), 16),
            ]).Append(
            [
                $"All {Figures.Count(files.Count, "file")}",
                "",
                Figures.Bytes(files.Sum(f => f.Count("bytes"))),
                Figures.Count(files.Sum(f => f.Count("read"))),
                Figures.Count(files.Sum(f => f.Count("annotated"))),
                Figures.Count(files.Sum(f => f.Count("duplicate"))),
                Figures.Count(files.Sum(f => f.Count("rejected"))),
                "",
            ]));
        if (files.Count > MaxFiles)
        {
            markup.Leaf("p", $"{Figures.Count(files.Count - MaxFiles)} more files are in run.json; the last line counts all.");
        }
    }
}
