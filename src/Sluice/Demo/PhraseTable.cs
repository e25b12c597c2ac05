namespace Sluice.Demo;

/// <summary>A sentence made of phrases that are known in English and Chinese: who, when, where, did what, with how many others, why.</summary>
/// <param name="Who">Index of the subject.</param>
/// <param name="When">Index of the time.</param>
/// <param name="Where">Index of the place.</param>
/// <param name="Deed">Index of the deed.</param>
/// <param name="Friends">Number of companions, at least 2.</param>
/// <param name="Why">Index of the reason.</param>
internal readonly record struct PhraseTable(int Who, int When, int Where, int Deed, int Friends, int Why)
{
    internal static readonly string[] Subjects = WordList.Phrases("""
        my elder brother=我哥哥|the young teacher=那位年轻的老师|our neighbour=我们的邻居|the new doctor=新来的医生|her grandmother=她的祖母|the old fisherman=老渔夫|
        a curious student=一个好奇的学生|the bus driver=公共汽车司机|his cousin=他的表弟|the museum guide=博物馆讲解员|a tall policeman=一位高个子警察|the village baker=村里的面包师|
        the famous singer=那位著名歌手|our manager=我们的经理|a tired nurse=一位疲惫的护士|the little girl=那个小女孩|the retired engineer=退休工程师|the football coach=足球教练|
        the school librarian=学校图书管理员|a foreign visitor=一位外国游客|the head cook=主厨|the careful accountant=细心的会计|my former classmate=我以前的同学|the gardener's son=园丁的儿子
        """);

    internal static readonly string[] Moments = WordList.Phrases("""
        yesterday morning=昨天早上|last Sunday=上周日|three days ago=三天前|after dinner=晚饭后|before the exam=考试前|last winter=去年冬天|this afternoon=今天下午|on New Year's Day=元旦那天|
        at midnight=半夜|during the summer holidays=暑假期间|an hour ago=一小时前|in early spring=初春|last Friday evening=上周五晚上|on his birthday=在他生日那天|at six o'clock=六点钟|
        two months ago=两个月前|after the meeting=会后|during the lunch break=午休时|on a rainy day=在一个雨天|in the year 2015=在2015年
        """);

    internal static readonly string[] Spots = WordList.Phrases("""
        in the library=在图书馆里|at the railway station=在火车站|near the lake=在湖边|in a small restaurant=在一家小餐馆里|on the school playground=在学校操场上|at the market=在市场上|
        in the park=在公园里|outside the cinema=在电影院外面|on the beach=在海滩上|in the hospital garden=在医院的花园里|at the foot of the mountain=在山脚下|in the old temple=在古庙里|
        on the second floor=在二楼|at the airport=在机场|in the kitchen=在厨房里|beside the river=在河边|in the city museum=在市博物馆里|under a big tree=在一棵大树下|at the farm=在农场|
        in the office=在办公室里|on the train=在火车上|at the bookshop=在书店
        """);

    internal static readonly string[] Deeds = WordList.Phrases("""
        repaired an old bicycle=修好了一辆旧自行车|cooked vegetable soup=煮了蔬菜汤|planted apple trees=种了苹果树|took many photographs=拍了许多照片|sang folk songs=唱了民歌|lost a black umbrella=丢了一把黑色的雨伞|
        found a silver key=找到了一把银钥匙|read a long novel=读了一本长篇小说|bought fresh fish=买了新鲜的鱼|wrote a thank-you letter=写了一封感谢信|drank green tea=喝了绿茶|watched a puppet show=看了木偶戏|
        practised speaking English=练习了说英语|flew a red kite=放了一只红色的风筝|drew a map of the town=画了一张小镇地图|cleaned all the windows=擦了所有的窗户|played chess=下了国际象棋|ate steamed dumplings=吃了蒸饺|
        learned a new dance=学了一支新舞|counted the birds=数了鸟的数量|painted a wooden door=漆了一扇木门|discussed the weather=讨论了天气|sold handmade paper lanterns=卖了手工纸灯笼|built a snowman=堆了一个雪人|
        listened to classical music=听了古典音乐|solved a difficult puzzle=解开了一道难题|waited for the last ferry=等了最后一班渡轮|helped a lost child=帮助了一个迷路的孩子|wrapped birthday presents=包了生日礼物|studied ancient coins=研究了古钱币
        """);

    internal static readonly string[] Reasons = WordList.Phrases("""
        the weather was fine=天气很好|it was raining hard=雨下得很大|the shop was closed=商店关门了|they had enough time=他们有足够的时间|the guests were hungry=客人们饿了|the train was late=火车晚点了|
        it was a holiday=那天放假|the teacher asked for it=老师要求这样做|the old one was broken=旧的坏了|everybody felt bored=大家都觉得无聊|the children were asleep=孩子们睡着了|the music was beautiful=音乐很美|
        nobody else was free=别人都没空|the price was low=价格很低|the streets were quiet=街上很安静|they wanted to surprise a friend=他们想给朋友一个惊喜|it was too cold outside=外面太冷了|the doctor advised it=医生建议这样做|
        the moon was bright=月光很亮|a storm was coming=暴风雨快来了
        """);

    /// <summary>Draws a sentence.</summary>
    public static PhraseTable Draw(DemoRandom random) =>
        new(random.Next(Subjects.Length), random.Next(Moments.Length), random.Next(Spots.Length), random.Next(Deeds.Length), random.Between(2, 60), random.Next(Reasons.Length));

    /// <summary>Writes it in English.</summary>
    public void WriteEnglish(DemoText text)
    {
        ReadOnlySpan<char> when = English(Moments[When]);
        text.Add(char.ToUpperInvariant(when[0]));
        text.Add($"{when[1..]}, {English(Subjects[Who])} and {Friends} friends {English(Deeds[Deed])} {English(Spots[Where])} because {English(Reasons[Why])}.");
    }

    /// <summary>Writes it in Chinese.</summary>
    public void WriteChinese(DemoText text) =>
        text.Add($"{Chinese(Moments[When])}，{Chinese(Subjects[Who])}和{Friends}个朋友{Chinese(Spots[Where])}{Chinese(Deeds[Deed])}，因为{Chinese(Reasons[Why])}。");

    private static ReadOnlySpan<char> English(string pair) => pair.AsSpan(0, pair.IndexOf('='));

    private static ReadOnlySpan<char> Chinese(string pair) => pair.AsSpan(pair.IndexOf('=') + 1);
}
