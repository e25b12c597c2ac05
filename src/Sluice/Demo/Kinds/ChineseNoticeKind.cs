namespace Sluice.Demo.Kinds;

/// <summary>Notices in Chinese to be written from a few facts.</summary>
internal sealed class ChineseNoticeKind : IDemoKind
{
    private static readonly string[] s_events = WordList.Words("读书会 运动会 音乐会 讲座 义卖 参观 家长会 植树活动 书法比赛 电影放映 摄影展 茶话会 登山活动 棋类比赛 消防演练 英语角 烹饪课 急救培训");
    private static readonly string[] s_purposes = WordList.Words("丰富业余生活 增进邻里友谊 提高安全意识 帮助困难家庭 欢迎新同学 庆祝丰收 保护环境 交流学习经验 锻炼身体 传承传统文化 了解当地历史 鼓励阅读");
    private static readonly string[] s_bring = WordList.Words("水杯 雨伞 笔记本 身份证 运动鞋 相机 工具 垫子 口罩 零食 毛巾 学生证 手套 字典");

    /// <inheritdoc/>
    public string Name => "zh_notice";

    /// <inheritdoc/>
    public bool CanBeWrong => false;

    /// <inheritdoc/>
    public void Write(DemoRow row, DemoRandom random)
    {
        Place place = Place.Draw(random);
        string person = random.Pick(ChineseArithmeticKind.Names);
        string occasion = random.Pick(s_events);
        string spot = random.Pick(ChineseArithmeticKind.Spots);
        int month = random.Between(1, 12);
        int day = random.Between(1, 28);
        int hour = random.Between(8, 19);
        int people = random.Between(12, 480);
        row.Instruction.Add($"{random.Pick(["请写一则通知：", "帮我起草一份通知：", "写一个简短的通知，内容是："])}");
        place.WriteChineseName(row.Instruction);
        row.Instruction.Add($"{month}月{day}日{hour}点在{spot}举行{occasion}，限{people}人，联系人{person}。");
        DemoText text = row.Output;
        text.Add($"{random.Pick(["关于举行", "关于组织", "关于报名参加"])}{occasion}的通知\n{random.Pick(["各位居民：", "各位老师、同学：", "各位同事：", "亲爱的朋友们："])}\n为了{random.Pick(s_purposes)}，");
        place.WriteChineseName(text);
        text.Add($"将于{month}月{day}日{hour}点在{spot}{random.Pick(["举行", "举办", "组织"])}{occasion}。本次{random.Pick(["活动", "安排"])}{random.Pick(["限", "最多接待", "名额为"])}{people}人，{random.Pick(["请提前报名", "先到先得", "报名从速"])}，并{random.Pick(["带上", "自备", "携带"])}{random.Pick(s_bring)}和{random.Pick(s_bring)}。{random.Pick(["结束后", "活动当天", "休息时"])}{random.Pick(ChineseArithmeticKind.Names)}会{random.Pick(["分发", "展示", "赠送"])}{random.Between(3, 90)}个{random.Pick(ChineseArithmeticKind.Items)}。\n联系人：{person}\n{month}月{Math.Max(1, day - 7)}日");
    }
}
