using Sluice.Records;
using Sluice.Stages;

namespace Sluice.Tests.Stages;

public sealed class ScriptStageTests
{
    [Theory]
    [InlineData("Name the capital of France.", "Latn")]
    [InlineData("Nenne die größte Stadt Österreichs.", "Latn")]
    [InlineData("请写一首关于春天的诗。", "Hani")]
    [InlineData("春の詩を書いてください。", "Jpan")]
    [InlineData("봄에 관한 시를 써 주세요.", "Kore")]
    [InlineData("Напишите стихотворение о весне.", "Cyrl")]
    [InlineData("اكتب قصيدة عن الربيع", "Arab")]
    [InlineData("12 + 30 = 42", "Zyyy")]
    [InlineData("", "Zyyy")]
    [InlineData("把下面的句子翻译成英文：我喜欢读书。 I like to read.", "Hani")]
    [InlineData("Translate the word 书 into English, please.", "Latn")]
    [InlineData("\U00020000\U00020001", "Hani")]
    public void Of_Text_IsTheScriptOfMostOfIt(string text, string expected) => Assert.Equal(expected, ScriptStage.Of([new Turn(Role.User, text.AsText())]));

    [Fact]
    public void Of_SeveralTurns_CountsAllOfThem() =>
        Assert.Equal("Hani", ScriptStage.Of([new Turn(Role.User, "Say it in Chinese".AsText()), new Turn(Role.Assistant, "春天来了，花都开了，鸟儿在歌唱。".AsText())]));
}
