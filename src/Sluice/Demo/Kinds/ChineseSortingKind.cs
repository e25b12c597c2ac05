namespace Sluice.Demo.Kinds;

/// <summary>Numbers of things to be sorted, in Chinese.</summary>
internal sealed class ChineseSortingKind : IDemoKind
{
    /// <inheritdoc/>
    public string Name => "zh_sorting";

    /// <inheritdoc/>
    public bool CanBeWrong => true;

    /// <inheritdoc/>
    public void Write(DemoRow row, DemoRandom random)
    {
        Span<int> items = stackalloc int[random.Between(7, 11)];
        Span<int> amounts = stackalloc int[items.Length];
        random.PickDistinct(items, ChineseArithmeticKind.Items.Length);
        random.PickDistinct(amounts, 990);
        bool ascending = random.Chance(50);
        row.Instruction.Add($"{random.Pick(ChineseArithmeticKind.Names)}在{random.Pick(ChineseArithmeticKind.Spots)}{random.Pick(["清点了库存", "做了统计", "登记了数量"])}。请按数量{(ascending ? "从少到多" : "从多到少")}排列，并算出总数。");
        int total = 0;
        for (int i = 0; i < items.Length; i++)
        {
            amounts[i] += 10;
            total += amounts[i];
            row.Input.Add($"{(i == 0 ? "" : "，")}{ChineseArithmeticKind.Items[items[i]]}{amounts[i]}个");
        }

        amounts.Sort(items);
        if (!ascending)
        {
            amounts.Reverse();
            items.Reverse();
        }

        row.Output.Add("排列结果：");
        for (int i = 0; i < items.Length; i++)
        {
            row.Output.Add($"{(i == 0 ? "" : "，")}{ChineseArithmeticKind.Items[items[i]]}{amounts[i]}个");
        }

        row.Output.Add($"。总数是{total + (row.Wrong ? random.Between(1, 99) : 0)}个。");
    }
}
