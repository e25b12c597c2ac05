using Sluice.Stages;

namespace Sluice.Tests.Stages;

public sealed class TagListTests
{
    [Theory]
    [InlineData("""[{"tag": "math", "explanation": "a"}, {"tag": "code", "explanation": "b"}]""", "math|code")]
    [InlineData("Here you are:\n```json\n[{\"tag\": \" math \", \"explanation\": \"a\"},]\n```\nAnything else?", "math")]
    [InlineData("""As in [1], {see} below: [{"explanation": "x [1, 2]", "tag": "math"}] and [{"tag": "not this"}]""", "math")]
    [InlineData("""{"tag": "math", "explanation": "{a}"}, {"tag": "code", "explanation": "b"}""", "math|code")]
    [InlineData("{\"tag\": \"math\", \"explanation\": \"a\"}\n{\"tag\": \"math\", \"explanation\": \"again\"}\n{\"tag\": \"code\"}", "math|code")]
    [InlineData("""{"tags": ["math", "code"]}""", "math|code")]
    [InlineData("""["math", "code", "math", ""]""", "math|code")]
    [InlineData("""[{"tag": "数学", "explanation": "é"}]""", "数学")]
    [InlineData("[]", "")]
    public void Read_WholeList_GivesEachTagOnceInOrder(string answer, string expected)
    {
        RowValue<string[]> read = TagList.Read(answer);
        Assert.Null(read.Failure);
        Assert.Equal(expected.Split('|', StringSplitOptions.RemoveEmptyEntries), read.Value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("I cannot tag this.")]
    [InlineData("""[{"tag": "math", "explanation": "a"}, {"tag": "co""")]
    [InlineData("""[{"tag": "math"}, {"label": "code"}]""")]
    [InlineData("""[{"tag": 3}]""")]
    [InlineData("[1, 2]")]
    [InlineData("math, code")]
    [InlineData("""{"answer": "math"}""")]
    [InlineData("""{"tag": "math"} {"tag": "co""")]
    public void Read_AnythingElse_IsNoTagsAtAllAndSaysSo(string answer)
    {
        RowValue<string[]> read = TagList.Read(answer);
        Assert.Null(read.Value);
        Assert.Contains("no whole JSON list of tags", read.Failure, StringComparison.Ordinal);
    }
}
