namespace Sluice.Sinks.Report.Sections;

/// <summary>One chapter of the page.</summary>
internal interface IReportSection
{
    /// <summary>Anchor in the page.</summary>
    string Id { get; }

    /// <summary>Heading.</summary>
    string Title { get; }

    /// <summary>Why this run has nothing to show here, as a sentence for the end of the page; null when it has.</summary>
    string? Missing(ReportContext context);

    /// <summary>Writes what stands under the heading; called only when nothing is missing.</summary>
    void Write(Markup markup, ReportContext context);
}
