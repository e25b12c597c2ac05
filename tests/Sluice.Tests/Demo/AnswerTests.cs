using Sluice.Demo;
using Sluice.Demo.Kinds;

namespace Sluice.Tests.Demo;

public sealed class AnswerTests
{
    public static TheoryData<string> Kinds => [.. KindList.All.Select(kind => kind.Name)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Write_AnyTask_AnswerIsRightUnlessAskedToBeWrong(string name)
    {
        IDemoKind kind = KindList.All.Single(kind => kind.Name == name);
        DemoRow row = new();
        DemoRandom random = new();
        for (int round = 0; round < 300; round++)
        {
            string right = Draw(kind, row, random, round, wrong: false);
            Assert.True(AnswerCheck.IsRight(name, row.Instruction.ToString(), row.Input.ToString(), row.Output.ToString()), $"round {round}: {right}");
            if (kind.CanBeWrong)
            {
                string wrong = Draw(kind, row, random, round, wrong: true);
                Assert.False(AnswerCheck.IsRight(name, row.Instruction.ToString(), row.Input.ToString(), row.Output.ToString()), $"round {round}: {wrong}");
            }
        }
    }

    private static string Draw(IDemoKind kind, DemoRow row, DemoRandom random, int round, bool wrong)
    {
        row.Clear();
        row.Wrong = wrong;
        random.Start(77, round, 1);
        kind.Write(row, random);
        return $"{row.Instruction} / {row.Input} / {row.Output}";
    }
}
