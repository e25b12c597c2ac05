namespace Sluice.Demo.Kinds;

/// <summary>The kinds of the demo pool. Their order is part of what a seed means.</summary>
internal static class KindList
{
    /// <summary>All kinds, drawn with equal chances.</summary>
    public static readonly IDemoKind[] All =
    [
        new ArithmeticKind(), new AlgebraKind(), new UnitConversionKind(), new TextOperationKind(), new PythonKind(), new JavaKind(),
        new SentimentKind(), new TopicKind(), new SummaryKind(), new ExtractionKind(), new EnglishToChineseKind(), new ChineseToEnglishKind(),
        new KnowledgeKind(), new StoryKind(), new EmailKind(), new EventOrderKind(), new CommonSenseKind(), new ReasoningKind(),
        new ChineseArithmeticKind(), new ChineseKnowledgeKind(), new ChineseNoticeKind(), new ChineseSortingKind(),
    ];
}
