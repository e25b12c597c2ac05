namespace Sluice.Demo;

/// <summary>A town of a made-up but consistent gazetteer: everything about it follows from its number, in every row, pool and language.</summary>
/// <param name="Number">0 to <see cref="Count"/> - 1.</param>
internal readonly record struct Place(int Number)
{
    private static readonly string[] s_starts = WordList.Words("Bal Bel Bor Cas Cor Dar Del Dor Fal Fen Gal Gol Hal Hel Jal Jor Kal Kel Kor Lan Lor Mal Mar Mel Nor Nul Pal Pel Por Ral Rin Sal Sel Sor Tal Tel Tor Val Vel Zan");
    private static readonly string[] s_middles = WordList.Words("ab ad al am an ar as at av ed el em en er es et ev id il im in ir is od ol om on or os ud");
    private static readonly string[] s_ends = WordList.Words("a berg bury dale era ford gate ham holm ia mere mont mouth o port stad ton ville wick wyn");
    private static readonly string[] s_prefixes = ["", "New ", "Port ", "Upper ", "Lower ", "Saint ", "East ", "Mount "];
    private static readonly string[] s_chinesePrefixes = ["", "新", "港", "上", "下", "圣", "东", "峰"];
    private const string ChineseStarts = "巴贝波卡科达德多法芬加戈哈赫贾乔喀凯柯兰洛马玛梅诺努帕佩普拉林萨塞索塔特托瓦维赞";
    private const string ChineseMiddles = "布迪尔姆恩亚斯图夫埃勒莫宁厄西蒂伏伊利米因罗什奥欧穆昂奇苏乌";
    private const string ChineseEnds = "阿堡镇谷拉津关庄岛城湖山口坞湾都顿村维温";
    private static readonly string[] s_countries = WordList.Words("Avenor Belmara Calduria Dravania Esteria Faldoria Galvenia Harrowland Istvania Jorvia Kestria Lomaria Merovia Nordania Ostland Pelloria Quarnia Rovenna Sardova Tavaria Ulvania Vandria Westmark Zoravia");
    private static readonly string[] s_chineseCountries = WordList.Words("阿维诺 贝尔马拉 卡尔杜里 德拉瓦 埃斯特 法尔多 加尔维 哈罗兰 伊斯特万 约维亚 凯斯特 洛马里 梅罗维 诺丹尼 奥斯兰 佩洛里 夸尼亚 罗文纳 萨尔多瓦 塔瓦里 乌尔万 万德里 韦斯马 佐拉维");
    private static readonly string[] s_exports = WordList.Phrases("amber|apples|barley|bells|bicycles|blankets|books|bricks|candles|carpets|ceramics|cheese|cherries|clocks|copper|cork|cotton|dried fish|furniture|glass|hazelnuts|honey|lace|leather|linen|marble|olives|paper|pears|pianos|porcelain|rope|saffron|salt|silk|slate|tea|timber|violins|wool");
    private static readonly string[] s_chineseExports = WordList.Words("琥珀 苹果 大麦 铜钟 自行车 毛毯 书籍 砖块 蜡烛 地毯 陶器 奶酪 樱桃 钟表 铜 软木 棉花 鱼干 家具 玻璃 榛子 蜂蜜 花边 皮革 亚麻布 大理石 橄榄 纸张 梨 钢琴 瓷器 绳索 藏红花 食盐 丝绸 石板 茶叶 木材 小提琴 羊毛");
    private static readonly string[] s_rivers = WordList.Join(WordList.Words("Ald Bren Cald Dur Esk Fyr Glen Hesk Ilm Jass Kenn Lod Mirr Ness Orl Pral Quill Rodd Sarn Teln Ulv Vann Wend Yarr"), WordList.Words("a en er is o une"));
    private static readonly string[] s_festivals = WordList.Words("Lantern Harvest Kite Winter River Bread Mask Apple Candle Music Boat Flower Puppet Drum Cider Star");

    /// <summary>Towns in the gazetteer.</summary>
    public static int Count => s_prefixes.Length * s_starts.Length * s_middles.Length * s_ends.Length;

    /// <summary>The country it lies in.</summary>
    public string Country => s_countries[Fact(1, s_countries.Length)];

    /// <summary>The country's Chinese name.</summary>
    public string ChineseCountry => s_chineseCountries[Fact(1, s_countries.Length)];

    /// <summary>The year it was founded.</summary>
    public int Founded => 820 + Fact(2, 1100);

    /// <summary>Its inhabitants.</summary>
    public int Population => 1200 + Fact(3, 90) * Fact(4, 9973);

    /// <summary>The river it lies on.</summary>
    public string River => s_rivers[Fact(5, s_rivers.Length)];

    /// <summary>What it sells abroad.</summary>
    public string Export => s_exports[Fact(6, s_exports.Length)];

    /// <summary>The same in Chinese.</summary>
    public string ChineseExport => s_chineseExports[Fact(6, s_exports.Length)];

    /// <summary>Metres above the sea.</summary>
    public int Altitude => 4 + Fact(7, 2300);

    /// <summary>Its festival, without the word itself.</summary>
    public string Festival => s_festivals[Fact(8, s_festivals.Length)];

    /// <summary>Month of the festival, 1 to 12.</summary>
    public int FestivalMonth => 1 + Fact(9, 12);

    /// <summary>Its mayor.</summary>
    public Person Mayor
    {
        get
        {
            DemoRandom random = new();
            random.Start(0, Number, 10);
            return Person.Draw(random);
        }
    }

    /// <summary>Draws a town.</summary>
    public static Place Draw(DemoRandom random) => new(random.Next(Count));

    /// <summary>Draws a town that is larger or smaller than another.</summary>
    public static Place DrawOther(DemoRandom random, Place place)
    {
        Place other;
        do
        {
            other = Draw(random);
        }
        while (other.Population == place.Population);
        return other;
    }

    /// <summary>Writes the name. All parts but the last have a fixed length, so no two towns share one.</summary>
    public void WriteName(DemoText text)
    {
        (int prefix, int start, int middle, int end) = Parts();
        text.Add(s_prefixes[prefix]);
        text.Add(s_starts[start]);
        text.Add(s_middles[middle]);
        text.Add(s_ends[end]);
    }

    /// <summary>Writes the Chinese name.</summary>
    public void WriteChineseName(DemoText text)
    {
        (int prefix, int start, int middle, int end) = Parts();
        text.Add(s_chinesePrefixes[prefix]);
        text.Add(ChineseStarts[start]);
        text.Add(ChineseMiddles[middle]);
        text.Add(ChineseEnds[end]);
    }

    private int Fact(int fact, int bound) => (int)(DemoRandom.Mix((ulong)Number * 64 + (ulong)fact + 0x5EED) % (ulong)bound);

    private (int Prefix, int Start, int Middle, int End) Parts()
    {
        int rest = Number / s_ends.Length;
        return (rest / s_middles.Length / s_starts.Length, rest / s_middles.Length % s_starts.Length, rest % s_middles.Length, Number % s_ends.Length);
    }
}
