namespace Sluice.Demo.Kinds;

/// <summary>Word problems in Chinese, answered in steps.</summary>
internal sealed class ChineseArithmeticKind : IDemoKind
{
    internal static readonly string[] Names = WordList.Join(
        WordList.Words("王 李 张 刘 陈 杨 赵 黄 周 吴 徐 孙 胡 朱 高 林 何 郭 马 罗 梁 宋 郑 谢 韩 唐 冯 董 萧 程"),
        WordList.Words("小明 丽华 建国 晓东 雅文 志强 婷婷 子轩 思远 美玲 浩然 雨欣 佳慧 俊杰 海燕 文博 诗涵 天宇 秀英 春梅 冬青 若兰 立新 家豪"));

    internal static readonly string[] Items = WordList.Words("苹果 铅笔 书本 鸡蛋 桌子 气球 雨伞 帽子 灯笼 茶杯 毛巾 饼干 橙子 风筝 钥匙 花瓶 邮票 玩具 椅子 本子 草莓 钟表 围巾 瓷碗 西瓜 积木 手套 贝壳 梨子 盘子");

    internal static readonly string[] Spots = WordList.Words("学校门口 火车站 河边 图书馆 菜市场 公园里 小店 工厂 农场 码头 博物馆 体育馆 老街 仓库 医院旁 广场上 山脚下 邮局 车间 村口");

    /// <inheritdoc/>
    public string Name => "zh_arithmetic";

    /// <inheritdoc/>
    public bool CanBeWrong => true;

    /// <inheritdoc/>
    public void Write(DemoRow row, DemoRandom random)
    {
        string person = random.Pick(Names);
        string friend = random.Pick(Names);
        string item = random.Pick(Items);
        int boxes = random.Between(3, 60);
        int each = random.Between(4, 75);
        int more = random.Between(5, 400);
        int product = boxes * each;
        int sum = product + more;
        int given = random.Between(2, sum / 2);
        int left = sum - given;
        int price = random.Between(2, 95);
        long answer = (long)left * price + (row.Wrong ? random.Between(1, 90) : 0);
        DemoText text = row.Instruction;
        Place place = Place.Draw(random);
        place.WriteChineseName(text);
        text.Add($"的{person}在{random.Pick(Spots)}{random.Pick(["买了", "收到", "整理了", "运来"])}{boxes}箱{item}，每箱{each}个。{friend}又{random.Pick(["送来", "带来", "添了", "捐了"])}{more}个，后来有{given}个{random.Pick(["送给了别人", "不小心弄坏了", "借给了邻居", "留作备用"])}，其余的按每个{price}元全部{random.Pick(["卖出", "售出", "卖掉"])}。{random.Pick(["一共收入多少元？请写出步骤。", "总共得到多少钱？请逐步计算。", "请问收入是多少元？请列式说明。"])}");
        row.Output.Add($"第一步，{person}原有的{item}：{boxes}×{each}={product}个。\n第二步，加上{friend}的：{product}+{more}={sum}个。\n第三步，剩下：{sum}-{given}={left}个。\n第四步，{left}个{item}的收入：{left}×{price}={answer}元。\n答案是{answer}元。");
    }
}
