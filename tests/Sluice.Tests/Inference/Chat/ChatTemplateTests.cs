using Sluice.Inference;
using Sluice.Inference.Chat;
using Sluice.Records;

namespace Sluice.Tests.Inference.Chat;

public sealed class ChatTemplateTests
{
    private static readonly string s_models = Path.Combine(Repository.Root, "models");

    [Theory]
    [InlineData("alpaca", "Do it.", null, "Below is an instruction that describes a task. Write a response that appropriately completes the request.\n\n### Instruction:\nDo it.\n\n### Response:[Yes]")]
    [InlineData("alpaca", "Do it.", "here", "Below is an instruction that describes a task, paired with an input that provides further context. Write a response that appropriately completes the request.\n\n### Instruction:\nDo it.\n\n### Input:\nhere\n\n### Response:[Yes]")]
    [InlineData("plain", "Do it.", "here", "Do it.\nhere\n[Yes]")]
    [InlineData("plain", "Do it.", null, "Do it.\n[Yes]")]
    [InlineData("wizard", "Do it.", "here", "Do it.\nhere\n\n### Response:[Yes]")]
    [InlineData("vicuna", "Do it.", "here", "A chat between a curious user and an artificial intelligence assistant. The assistant gives helpful, detailed, and polite answers to the user's questions. USER: Do it.\nInput:\nhere ASSISTANT:[Yes]")]
    [InlineData("chatml", "Do it.", null, "<|im_start|>system\nYou are a helpful assistant.<|im_end|>\n<|im_start|>user\nDo it.<|im_end|>\n<|im_start|>assistant\n[Yes]")]
    [InlineData("llama3", "Do it.", "here", "<|begin_of_text|><|start_header_id|>system<|end_header_id|>\n\nYou are a helpful assistant.<|eot_id|><|start_header_id|>user<|end_header_id|>\n\nDo it.\nInput: here<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n[Yes]")]
    public void Conversation_OneAnswer_IsWrittenAsPublished(string name, string instruction, string? input, string expected)
    {
        var renderer = new ChatRenderer(ChatTemplateReader.Read(s_models, name), scoresClosing: false);
        Assert.Equal(expected, Mark(renderer.Conversation(Row(instruction, input, "Yes"))));
    }

    [Fact]
    public void Conversation_IterItsTemplate_ScoresWhatClosesTheAnswer()
    {
        var renderer = new ChatRenderer(ChatTemplateReader.Read(s_models, "llama3.1"), scoresClosing: true);
        const string Header = "<|begin_of_text|><|start_header_id|>system<|end_header_id|>\n\nCutting Knowledge Date: December 2023\nToday Date: 26 Jul 2024\n\n";
        Assert.Equal(
            Header + "You are a helpful assistant.<|eot_id|><|start_header_id|>user<|end_header_id|>\n\nDo it.<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n[Yes<|eot_id|>]",
            Mark(renderer.Conversation(Row("Do it.", null, "Yes"))));
        Assert.Equal(Header + "<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n[Yes<|eot_id|>]", Mark(renderer.Direct(new Turn(Role.Assistant, "Yes".AsText()))));
    }

    [Theory]
    [InlineData("vicuna", "", "Be brief. USER: {input}? ASSISTANT:A</s> USER: And? ASSISTANT:", true)]
    [InlineData("vicuna", "Be kind.", "Be brief. USER: {input}? ASSISTANT:A</s> USER: And? ASSISTANT:", true)]
    [InlineData("vicuna", "Be kind.", "Be kind. USER: {input}? ASSISTANT:A</s> USER: And? ASSISTANT:", false)]
    [InlineData("plain", "", "{input}?\nA\nAnd?\n", false)]
    public void Question_SeveralTurns_EndsWhereTheAnswerBegins(string name, string system, string expected, bool hasSystem)
    {
        Turn[] turns = [new(Role.User, "{input}?".AsText()), new(Role.Assistant, "A".AsText()), new(Role.User, "And?".AsText())];
        Sample sample = new(new RowOrigin(0, 1, 0), default, hasSystem ? [new(Role.System, "Be brief.".AsText()), .. turns] : turns, turns[0].Text);
        Assert.Equal(expected, new ChatRenderer(ChatTemplateReader.Read(s_models, name), scoresClosing: false).Question(sample, system));
    }

    [Fact]
    public void Conversation_SeveralTurns_MarksEveryAnswer()
    {
        Turn[] turns =
        [
            new(Role.System, "Be brief.".AsText()), new(Role.User, "{input}?".AsText()), new(Role.Assistant, "A".AsText()),
            new(Role.User, "And?".AsText()), new(Role.Assistant, "B".AsText()), new(Role.User, "left out".AsText()),
        ];
        Sample sample = new(new RowOrigin(0, 1, 0), default, turns, turns[1].Text);
        var renderer = new ChatRenderer(ChatTemplateReader.Read(s_models, "vicuna"), scoresClosing: false);
        // Braces in a row are text.
        Assert.Equal("Be brief. USER: {input}? ASSISTANT:[A]</s> USER: And? ASSISTANT:[B]", Mark(renderer.Conversation(sample)));
    }

    [Fact]
    public void Read_UnknownName_ListsWhatThereIs()
    {
        ModelException fault = Assert.Throws<ModelException>(() => ChatTemplateReader.Read(s_models, "vicunna"));
        Assert.Contains("alpaca, chatml, llama3, llama3.1, plain, vicuna, wizard", fault.Message, StringComparison.Ordinal);
        Assert.Contains("Did you mean 'vicuna'?", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_Faults_AreNamedTogether()
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder["templates"]);
        File.WriteAllText(folder["templates/mine.json"], """
            { "first": "no place", "firstWithInput": "{instruction} {inptu}", "next": "{text}", "sytem": "{text}", "response": { "before": "A:", "end": "" }, "direct": {} }
            """);
        ModelException fault = Assert.Throws<ModelException>(() => ChatTemplateReader.Read(folder.Path, "mine"));
        Assert.Equal(5, fault.Errors.Count);
        Assert.Contains(fault.Errors, e => e.Contains("Found no {instruction} for 'first'", StringComparison.Ordinal));
        Assert.Contains(fault.Errors, e => e.Contains("Found the place {inptu} for 'firstWithInput'", StringComparison.Ordinal) && e.Contains("expected one of {instruction}, {input}", StringComparison.Ordinal));
        Assert.Contains(fault.Errors, e => e.Contains("Found no 'system'", StringComparison.Ordinal));
        Assert.Contains(fault.Errors, e => e.Contains("unknown key 'sytem'", StringComparison.Ordinal));
        Assert.Contains(fault.Errors, e => e.Contains("unknown key 'response.end'", StringComparison.Ordinal));
    }

    internal static Sample Row(string instruction, string? input, string answer)
    {
        Turn[] turns = [new(Role.User, (input is null ? instruction : $"{instruction}\n{input}").AsText()), new(Role.Assistant, answer.AsText())];
        return new Sample(new RowOrigin(0, 1, 0), default, turns, instruction.AsText());
    }

    private static string Mark(ChatText chat)
    {
        string text = chat.Text;
        foreach (Range answer in chat.Answers.Reverse())
        {
            text = text.Insert(answer.End.Value, "]").Insert(answer.Start.Value, "[");
        }

        return text;
    }
}
