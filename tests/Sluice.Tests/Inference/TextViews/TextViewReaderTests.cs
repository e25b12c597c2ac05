using System.Runtime.InteropServices;
using Sluice.Inference.TextViews;
using Sluice.Records;

namespace Sluice.Tests.Inference.TextViews;

public sealed class TextViewReaderTests
{
    private static readonly Sample s_dialogue = Create(
        (Role.System, "be kind"), (Role.User, "hi"), (Role.Assistant, ""), (Role.Tool, "42"), (Role.Assistant, "bye"));

    [Theory]
    [InlineData(nameof(TextView.Instruction), "the instruction")]
    [InlineData(nameof(TextView.Prompt), "be kind\nhi\n42")]
    [InlineData(nameof(TextView.Response), "\nbye")]
    [InlineData(nameof(TextView.Conversation), "be kind\nhi\n\n42\nbye")]
    public void Read_View_JoinsItsTurns(string view, string expected) =>
        Assert.Equal(expected, new TextViewReader().Read(s_dialogue, Enum.Parse<TextView>(view)).ToString());

    [Fact]
    public void ReadBytes_OneTurn_IsNotCopied()
    {
        Sample sample = Create((Role.User, "question"), (Role.Assistant, "answer"));
        var reader = new TextViewReader();
        ReadOnlySpan<byte> read = reader.ReadBytes(sample, TextView.Response);
        Assert.True(System.Runtime.CompilerServices.Unsafe.AreSame(
            ref MemoryMarshal.GetReference(read), ref MemoryMarshal.GetReference(sample.Turns[1].Text.Span)));
    }

    [Fact]
    public void Read_NoSuchTurn_IsEmpty() => Assert.Equal("", new TextViewReader().Read(Create((Role.User, "question")), TextView.Response).ToString());

    [Fact]
    public void Read_LongThenShort_GivesTheShortAlone()
    {
        var reader = new TextViewReader();
        Assert.Equal(2001, reader.Read(Create((Role.User, new string('a', 1000)), (Role.Tool, new string('b', 1000))), TextView.Prompt).Length);
        Assert.Equal("x\ny", reader.Read(Create((Role.User, "x"), (Role.Tool, "y")), TextView.Prompt).ToString());
    }

    [Fact]
    public void Read_Pair_Throws() => Assert.Throws<ArgumentException>(() => new TextViewReader().Read(s_dialogue, TextView.Pair).ToString());

    private static Sample Create(params (Role Role, string Text)[] turns) => new(
        new RowOrigin(0, 1, 0), default, [.. turns.Select(turn => new Turn(turn.Role, turn.Text.AsText()))], "the instruction".AsText());
}
