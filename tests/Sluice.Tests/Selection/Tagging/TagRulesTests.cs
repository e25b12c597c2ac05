using Sluice.Selection.Tagging;

namespace Sluice.Tests.Selection.Tagging;

public sealed class TagRulesTests
{
    [Theory]
    [InlineData("Data Analysis", "data analysi")]
    [InlineData("data-analysis", "data analysi")]
    [InlineData("  data_analyses ", "data analys")]
    [InlineData("Mathematical Problems", "mathemat problem")]
    [InlineData("C++", "c")]
    [InlineData("???", "???")]
    [InlineData("数据-分析", "数据 分析")]
    [InlineData("Éco", "éco")]
    public void Key_Tag_IsLowerCaseWithoutSpecialCharactersAndEndings(string tag, string key) => Assert.Equal(key, TagRules.Key(tag));

    [Theory]
    [InlineData("as it is", "as it is")]
    [InlineData(" a\t\nb  c ", "a b c")]
    [InlineData("  ", "")]
    [InlineData("", "")]
    public void Tidy_WhiteSpace_BecomesSingleBlanks(string tag, string tidy) => Assert.Equal(tidy, TagRules.Tidy(tag));
}
