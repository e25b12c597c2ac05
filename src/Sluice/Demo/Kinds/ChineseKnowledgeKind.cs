namespace Sluice.Demo.Kinds;

/// <summary>Questions about the gazetteer in Chinese; the facts are those of the English rows.</summary>
internal sealed class ChineseKnowledgeKind : IDemoKind
{
    /// <inheritdoc/>
    public string Name => "zh_knowledge";

    /// <inheritdoc/>
    public bool CanBeWrong => true;

    /// <inheritdoc/>
    public void Write(DemoRow row, DemoRandom random)
    {
        Place place = Place.Draw(random);
        Place other = Place.DrawOther(random, place);
        Place told = row.Wrong ? Place.Draw(random) : place;
        row.Instruction.Add(random.Pick(["我想了解", "请介绍一下", "请告诉我关于", "我们在做作业，想知道"]));
        place.WriteChineseName(row.Instruction);
        row.Instruction.Add(random.Pick(["和", "与", "以及"]));
        other.WriteChineseName(row.Instruction);
        row.Instruction.Add(random.Pick(["这两座城的建立年份和人口。", "两地的历史和人口。", "各自建立的时间、人口和特产。"]));
        WriteFacts(row.Output, random, place, told);
        WriteFacts(row.Output, random, other, other);
        bool larger = place.Population > other.Population;
        (larger != row.Wrong ? place : other).WriteChineseName(row.Output);
        row.Output.Add("的人口更多。");
    }

    private static void WriteFacts(DemoText text, DemoRandom random, Place place, Place told)
    {
        place.WriteChineseName(text);
        text.Add($"{random.Pick(["位于", "在", "属于"])}{told.ChineseCountry}，建于{told.Founded}年，{random.Pick(["有", "人口"])}{told.Population}人，海拔{told.Altitude}米，{random.Pick(["出产", "盛产", "出口"])}{told.ChineseExport}，每年{told.FestivalMonth}月有节日。");
    }
}
