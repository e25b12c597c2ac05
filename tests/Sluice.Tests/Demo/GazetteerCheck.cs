using System.Text.RegularExpressions;
using Sluice.Demo;

namespace Sluice.Tests.Demo;

/// <summary>Compares what an answer says of towns with the gazetteer, and its comparison with the figures.</summary>
internal static class GazetteerCheck
{
    private static readonly Dictionary<string, Place> s_english = Names(chinese: false);
    private static readonly Dictionary<string, Place> s_chinese = Names(chinese: true);

    public static bool IsRight(string output)
    {
        Match match = Regex.Match(output, "^(.+?) (?:lies in|is a town in|belongs to) (\\w+), on the river (\\w+), (\\d+) metres above the sea. It was founded in (\\d+) and has (\\d+) inhabitants; its mayor is (.+?)\\. .*? (\\w+) Festival in \\w+\\. (.+?), founded in (\\d+) in (\\w+), has (\\d+) inhabitants and is the (larger|smaller) of the two\\.$");
        Place place = s_english[match.Groups[1].Value];
        Place other = s_english[match.Groups[9].Value];
        string[] told = [.. match.Groups.Values.Skip(2).Select(group => group.Value)];
        return told.SequenceEqual(
            [place.Country, place.River, $"{place.Altitude}", $"{place.Founded}", $"{place.Population}", $"{place.Mayor.First} {place.Mayor.Last}", place.Festival, told[7], $"{other.Founded}", other.Country, $"{other.Population}", other.Population > place.Population ? "larger" : "smaller"]);
    }

    public static bool IsRightInChinese(string output)
    {
        Match[] towns = [.. Regex.Matches(output, "(?<=^|。)(.+?)(?:位于|在|属于)(.+?)，建于(\\d+)年，\\w{1,2}?(\\d+)人，海拔(\\d+)米，(?:出产|盛产|出口)(.+?)，").Select(town => town)];
        Place[] places = [.. towns.Select(town => s_chinese[town.Groups[1].Value])];
        bool facts = towns.Zip(places).All(pair => pair.First.Groups.Values.Skip(2).Select(group => group.Value)
            .SequenceEqual([pair.Second.ChineseCountry, $"{pair.Second.Founded}", $"{pair.Second.Population}", $"{pair.Second.Altitude}", pair.Second.ChineseExport]));
        string largest = Regex.Match(output, "。([^。]+)的人口更多。$").Groups[1].Value;
        return places.Length == 2 && facts && s_chinese[largest] == places.MaxBy(place => place.Population);
    }

    private static Dictionary<string, Place> Names(bool chinese)
    {
        Dictionary<string, Place> names = [];
        DemoText text = new();
        for (int number = 0; number < Place.Count; number++)
        {
            text.Clear();
            Place place = new(number);
            if (chinese)
            {
                place.WriteChineseName(text);
            }
            else
            {
                place.WriteName(text);
            }

            names.Add(text.ToString(), place);
        }

        return names;
    }
}
