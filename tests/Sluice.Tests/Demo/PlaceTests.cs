using Sluice.Demo;

namespace Sluice.Tests.Demo;

public sealed class PlaceTests
{
    [Fact]
    public void WriteName_EveryTown_IsUniqueInBothLanguages()
    {
        HashSet<string> english = [];
        HashSet<string> chinese = [];
        DemoText text = new();
        for (int number = 0; number < Place.Count; number++)
        {
            text.Clear();
            new Place(number).WriteName(text);
            english.Add(text.ToString());
            text.Clear();
            new Place(number).WriteChineseName(text);
            chinese.Add(text.ToString());
        }

        Assert.Equal((Place.Count, Place.Count), (english.Count, chinese.Count));
    }
}
