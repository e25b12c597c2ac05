using Sluice.Sinks.Report;

namespace Sluice.Sinks.Study;

/// <summary>The looks of the study's page: those of the report, and the few things it does not have.</summary>
internal static class StudyStyle
{
    /// <summary>The style sheet; must not hold angle brackets or ampersands, since the page is XML too.</summary>
    public const string Css = ReportStyle.Css + HeatMap.Css + """

        header { padding-bottom: 18px; }
        .groups { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 240px), 1fr)); gap: 16px; margin-top: 12px; align-items: start; }
        .groups div { border: 1px solid var(--rule); border-radius: 8px; padding: 10px 14px; border-top-width: 4px; }
        .groups ul { margin: 6px 0 0; padding-left: 18px; }
        .groups li { overflow-wrap: anywhere; }
        .group-base { border-top-color: var(--kept) !important; }
        .group-intermediate { border-top-color: var(--before) !important; }
        .group-dependent { border-top-color: var(--dropped) !important; }
        .circles li { overflow-wrap: anywhere; margin: 4px 0; }
        """;
}
