namespace Sluice.Sinks.Report;

/// <summary>The page's looks: light and dark, wide and narrow, screen and paper. Must not hold angle brackets or ampersands: the page is XML too.</summary>
internal static class ReportStyle
{
    /// <summary>The style sheet.</summary>
    public const string Css = """
        :root {
          color-scheme: light dark;
          --page: #f6f7f8; --sheet: #ffffff; --ink: #1b2126; --soft: #55606b; --rule: #d5dbe1; --track: #e9edf1;
          --kept: #0a6aa6; --dropped: #c4590d; --before: #8b97a3; --good: #17703a; --bad: #b3261e; --mark: #fde7a9; --code: #f3f5f7;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --page: #12161a; --sheet: #1a2026; --ink: #e6eaee; --soft: #a3afba; --rule: #36404a; --track: #28313a;
            --kept: #5ab0ea; --dropped: #f0924c; --before: #77838f; --good: #6fcf8f; --bad: #ff9187; --mark: #5f4d12; --code: #12171c;
          }
        }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif; }
        header, main, footer { max-width: 1160px; margin: 0 auto; padding: 0 20px; }
        header { padding-top: 28px; }
        h1 { font-size: 1.9rem; line-height: 1.2; margin: 0; overflow-wrap: anywhere; }
        h2 { font-size: 1.3rem; line-height: 1.25; margin: 0 0 12px; }
        h3 { font-size: 1rem; line-height: 1.3; margin: 0 0 6px; overflow-wrap: anywhere; }
        h4 { font-size: .95rem; margin: 14px 0 6px; }
        p { margin: 6px 0; max-width: 78ch; }
        small, .meta, figcaption, footer { color: var(--soft); font-size: .875rem; }
        .waiting { margin: 14px 0 0; padding: 10px 14px; border-left: 4px solid var(--dropped); background: var(--sheet); max-width: 75ch; }
        .kicker { margin: 0; color: var(--soft); text-transform: uppercase; letter-spacing: .08em; font-size: .78rem; }
        .meta { overflow-wrap: anywhere; }
        a { color: var(--kept); }
        a:focus-visible, summary:focus-visible, .scroll:focus-visible { outline: 3px solid var(--kept); outline-offset: 2px; }
        nav ul { display: flex; flex-wrap: wrap; gap: 4px 18px; list-style: none; padding: 0; margin: 16px 0; font-size: .9rem; }
        .cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 12px; margin: 18px 0 0; }
        .cards div, section { background: var(--sheet); border: 1px solid var(--rule); border-radius: 10px; }
        .cards div { padding: 10px 14px; }
        .cards dt { color: var(--soft); font-size: .875rem; }
        .cards dd { margin: 0; }
        .cards b { display: block; font-size: 1.55rem; line-height: 1.2; font-variant-numeric: tabular-nums; }
        section { padding: 20px; margin: 0 0 18px; }
        footer { padding-bottom: 32px; }
        .equation { font-variant-numeric: tabular-nums; }
        .equation span { font-weight: 600; }
        .good { color: var(--good); }
        .bad { color: var(--bad); }
        .legend { display: flex; flex-wrap: wrap; gap: 2px 18px; list-style: none; margin: 6px 0; padding: 0; font-size: .875rem; color: var(--soft); }
        .key { width: 12px; height: 12px; margin-right: 6px; vertical-align: -1px; }
        .bars { display: block; width: 100%; }
        .track { fill: var(--track); }
        .kept { fill: var(--kept); }
        .dropped { fill: var(--dropped); }
        .before { fill: var(--before); }
        .bound-key { fill: var(--good); }
        .funnel { list-style: none; margin: 14px 0 0; padding: 0; display: grid; gap: 18px; }
        .funnel p { margin: 4px 0 0; }
        .amount { font-variant-numeric: tabular-nums; font-weight: 600; }
        .amount small { display: block; font-weight: 400; }
        .reasons { margin: 2px 0 0; padding-left: 20px; }
        .reasons span { overflow-wrap: anywhere; }
        .mix { list-style: none; margin: 10px 0 0; padding: 0; display: grid; gap: 8px; }
        .mix li { display: grid; grid-template-columns: 220px minmax(120px, 1fr) 210px; gap: 4px 14px; align-items: center; }
        .mix .name { overflow-wrap: anywhere; }
        .charts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 340px), 1fr)); gap: 24px; }
        figure { margin: 0; min-width: 0; }
        figcaption .legend { flex-direction: column; }
        .chart.wide { grid-column: 1 / -1; max-width: 600px; }
        .chart.map { max-width: 680px; }
        .plot { display: block; width: 100%; height: auto; overflow: visible; }
        .plot text { fill: var(--soft); font-size: 13.5px; font-variant-numeric: tabular-nums; }
        .wide .plot text { font-size: 9.5px; }
        .axis { stroke: var(--soft); stroke-width: 1; }
        .grid { stroke: var(--rule); stroke-width: 1; }
        .bound { stroke: var(--good); stroke-width: 2; stroke-dasharray: 6 4; }
        .line { fill: none; stroke: var(--kept); stroke-width: 2; stroke-linejoin: round; }
        .area { fill-opacity: .28; stroke-width: 1.6; }
        .area.kept { stroke: var(--kept); }
        .area.dropped { stroke: var(--dropped); }
        .area.before { stroke: var(--before); }
        .hover { fill: transparent; }
        .hover:hover { fill: var(--ink); fill-opacity: .08; }
        .dots { fill: none; stroke: var(--dropped); stroke-width: 3.4; stroke-linecap: round; stroke-opacity: .45; }
        .dot { fill-opacity: .85; }
        .scroll { overflow-x: auto; margin: 10px 0; }
        table { border-collapse: collapse; font-size: .9rem; min-width: 100%; }
        caption { text-align: left; font-weight: 600; padding: 4px 0; }
        th, td { text-align: left; padding: 5px 14px 5px 0; border-bottom: 1px solid var(--rule); vertical-align: top; font-weight: 400; }
        thead th { color: var(--soft); white-space: nowrap; }
        tbody th { overflow-wrap: anywhere; min-width: 140px; }
        td { overflow-wrap: anywhere; }
        td:last-child { min-width: 15em; }
        .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
        details { border-top: 1px solid var(--rule); padding: 8px 0; }
        summary { cursor: pointer; font-weight: 600; overflow-wrap: anywhere; }
        .sides { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 380px), 1fr)); gap: 16px; margin-top: 10px; }
        .side { min-width: 0; }
        .side.kept h3 { color: var(--kept); }
        .side.dropped h3 { color: var(--dropped); }
        .pair { border-top: 1px solid var(--rule); padding-top: 10px; margin-top: 10px; }
        .reason { font-style: italic; overflow-wrap: anywhere; }
        pre { margin: 4px 0 14px; padding: 8px 10px; background: var(--code); border: 1px solid var(--rule); border-radius: 6px; white-space: pre-wrap; overflow-wrap: anywhere;
          font: .82rem/1.45 ui-monospace, "Liberation Mono", Consolas, monospace; }
        mark { background: var(--mark); color: inherit; border-radius: 2px; }
        @media (max-width: 760px) {
          header, main, footer { padding-left: 12px; padding-right: 12px; }
          section { padding: 14px 12px; }
          h1 { font-size: 1.5rem; }
          .cards { grid-template-columns: 1fr 1fr; }
          .mix { gap: 12px; }
          .mix li { grid-template-columns: 1fr; }
          .wide .plot text { font-size: 13.5px; }
        }
        @media print {
          :root { --page: #ffffff; --sheet: #ffffff; --ink: #000000; --soft: #444444; --rule: #bbbbbb; --track: #eeeeee; --kept: #0a6aa6; --dropped: #c4590d; --before: #8b97a3; --good: #17703a; --mark: #fde7a9; --code: #ffffff; }
          body { font-size: 11pt; }
          nav { display: none; }
          section { border: 0; padding: 0; }
          figure, article, .funnel li, .mix li, tr { break-inside: avoid; }
          * { print-color-adjust: exact; }
        }

        """;
}
