using System.Text.Json.Nodes;
using Sluice.Endpoints;
using Sluice.Inference.Chat;
using Sluice.Records;
using Sluice.Stages;
using Sluice.Tests.Endpoints;
using Sluice.Tests.Inference;
using Sluice.Tests.Pool;

namespace Sluice.Tests.Stages;

public sealed class AskStageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Respond_Conversation_SendsWhatStoodBeforeTheLastAnswer()
    {
        List<string> sent = [];
        await using FakeServer server = await FakeServer.StartAsync(request =>
        {
            lock (sent)
            {
                sent.Add(string.Join('|', request.Body["messages"]!.AsArray().Select(m => $"{m!["role"]}:{m["content"]}")));
            }

            return request.AnswerAsync("done</s>");
        });
        RowBatch batch = Batch(
            [new(Role.User, "a\nb".AsText()), new(Role.Assistant, "own answer".AsText())],
            [new(Role.System, "Be brief.".AsText()), new(Role.User, "1".AsText()), new(Role.Assistant, "2".AsText()), new(Role.Tool, "t".AsText()), new(Role.User, "3".AsText()), new(Role.Assistant, "own".AsText())],
            [new(Role.Assistant, "nobody asked".AsText())],
            [new(Role.User, "x".AsText()), new(Role.Assistant, "y".AsText()), new(Role.User, "z".AsText())]);
        await Respond(server, null, "Be kind.", "</s>").ProcessAsync(batch, default);
        Assert.Equal(
            ["system:Be brief.|user:1|assistant:2|user:t|user:3", "system:Be kind.|user:a\nb", "system:Be kind.|user:x|assistant:y|user:z"],
            sent.Order(StringComparer.Ordinal));
        Assert.Equal((string?[])["done", "done", null, "done"], Responses(batch));
        Assert.Empty(batch.Unscored);
    }

    [Fact]
    public async Task Respond_Completions_SendsTheTemplatesPrompt()
    {
        string? prompt = null;
        await using FakeServer server = await FakeServer.StartAsync(request =>
        {
            prompt = (string?)request.Body["prompt"];
            return request.AnswerAsync("yes");
        });
        ChatTemplate template = ChatTemplateReader.Read(Repository.Models, "alpaca");
        RowBatch batch = Batch((Turn[])[new(Role.User, "Do it.\nhere".AsText()), new(Role.Assistant, "own".AsText())]);
        batch = new RowBatch { Sequence = 0, Rejections = [], Samples = [new Sample(batch.Samples[0].Origin, default, batch.Samples[0].Turns, "Do it.".AsText())] };
        await Respond(server, template, "", "").ProcessAsync(batch, default);
        Assert.Equal(
            "Below is an instruction that describes a task, paired with an input that provides further context. Write a response that appropriately completes the request.\n\n### Instruction:\nDo it.\n\n### Input:\nhere\n\n### Response:",
            prompt);
        Assert.Equal((string?[])["yes"], Responses(batch));
    }

    [Fact]
    public async Task Respond_DuplicatesAndRowsBelowTheLimit_AreNotAsked()
    {
        await using FakeServer server = await FakeServer.StartAsync(request => request.AnswerAsync("yes"));
        RowBatch batch = TestRows.Batch("a", "b", "c", "d");
        batch.Samples[3].DuplicateOf = 0;
        batch.Columns["quality"] = new NumberData([0.1, 0, double.NaN, 5]);
        AskStage<string> stage = Respond(server, null, "", "", new ConditionOptions { Column = "quality", Above = 0 });
        await stage.ProcessAsync(batch, default);
        Assert.Equal((string?[])["yes", null, null, null], Responses(batch));
        Assert.Equal(["a"], server.Asked.Keys);
        Assert.Equal(["quality"], stage.Reads);
    }

    [Fact]
    public async Task Respond_EqualQuestionsInFlight_AreAskedOnce()
    {
        await using FakeServer server = await FakeServer.StartAsync(request => request.AnswerAsync("yes"));
        RowBatch batch = TestRows.Batch([.. Enumerable.Range(0, 40).Select(i => $"q{i % 3}")]);
        await Respond(server, null, "", "").ProcessAsync(batch, default);
        Assert.Equal(3, server.Requests);
        Assert.All(Responses(batch), text => Assert.Equal("yes", text));
    }

    [Fact]
    public async Task Respond_RowsThatFail_AreNamedInRowOrder()
    {
        await using FakeServer server = await FakeServer.StartAsync(request => request.Question is "b" or "d" ? request.ErrorAsync(400, "too long") : request.AnswerAsync("yes"));
        RowBatch batch = TestRows.Batch("a", "b", "c", "d");
        await Respond(server, null, "", "").ProcessAsync(batch, default);
        Assert.Equal((string?[])["yes", null, "yes", null], Responses(batch));
        Assert.Equal([2L, 4L], batch.Unscored.Select(row => row.Origin.Number));
        Assert.All(batch.Unscored, row => Assert.Contains("too long", row.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task OpenTags_EachUserTurn_IsTaggedOnItsOwnAndJoined()
    {
        const string Before = "Please identify tags of user intentions in the following user query and provide an explanation for each tag. Please respond in the JSON format {\"tag\": str, \"explanation\": str}.\nUser query: ";
        await using FakeServer server = await FakeServer.StartAsync(request => request.AnswerAsync(request.Question.EndsWith("broken", StringComparison.Ordinal)
            ? "math, code"
            : JsonNode.Parse($$"""[{"tag":"both"},{"tag":"of {{request.Question[^1]}}","explanation":""}]""")!.ToJsonString()));
        RowBatch batch = Batch(
            [new(Role.User, "a".AsText()), new(Role.Assistant, "x".AsText()), new(Role.User, "b".AsText())],
            [new(Role.User, "c".AsText()), new(Role.Assistant, "x".AsText()), new(Role.User, "broken".AsText())],
            [new(Role.Assistant, "x".AsText())]);
        EndpointSettings settings = EndpointClientTests.Settings(server);
        using AnswerBook book = Book(settings);
        AskStage<string[]> stage = new("opentags", "open_tags", 1, new EndpointTags(new RequestWriter(settings, null, ""), book, 4, "tagger"), null, "", values => new TextListData(values));
        await stage.ProcessAsync(batch, default);
        Assert.Equal((string[]?[])[["both", "of a", "of b"], null, null], ((TextListData)batch.Columns["open_tags"]).Values);
        Assert.Equal(2L, Assert.Single(batch.Unscored).Origin.Number);
        Assert.All(server.Asked.Keys, question => Assert.StartsWith(Before, question, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"row": 2, "generated": "two</s>"}""", "two")]
    [InlineData("""{"id": "x.jsonl#3", "response": "by id"}""", "by id")]
    [InlineData("""{"id": "y.jsonl#3", "response": "another file"}""", null)]
    public async Task FileValues_RowOrId_GivesTheRowItsAnswer(string line, string? expected)
    {
        File.WriteAllText(_folder["r.jsonl"], line + "\n" + line.Replace("2", "7", StringComparison.Ordinal).Replace("#3", "#8", StringComparison.Ordinal) + "\n");
        EndpointMeter meter = new("respond");
        FileValues<string> values = FileValues<string>.Open(_folder["r.jsonl"], ["response", "generated"],
            data => data is TextData texts ? row => new RowValue<string>(texts.Values[row] is { } text ? Suffix.Strip(text, "</s>") : null, null) : null,
            "", PoolFixture.Tables, new RowIds { Files = ["x.jsonl"] }, meter);
        RowBatch batch = TestRows.Batch("a", "b", "c");
        for (int i = 0; i < 3; i++)
        {
            batch.Samples[i].Row = i;
        }

        await new AskStage<string>("respond", "response", 1, values, null, "", texts => new TextData(texts)).ProcessAsync(batch, default);
        Assert.Equal((string?[])[null, null, expected], Responses(batch));
        Assert.Equal(expected is null ? 0L : 1L, meter.FromFile);
    }

    [Theory]
    [InlineData("""{"row": 1, "answer": "x"}""", "'response'")]
    [InlineData("""{"number": 1, "response": "x"}""", "'row'")]
    [InlineData("{\"row\": 1, \"response\": \"x\"}\n{\"row\": 1, \"response\": \"y\"}", "twice")]
    public void FileValues_OtherFile_SaysWhatItExpected(string text, string expected)
    {
        File.WriteAllText(_folder["r.jsonl"], text + "\n");
        InvalidDataException fault = Assert.Throws<InvalidDataException>(() => FileValues<string>.Open(_folder["r.jsonl"], ["response", "generated"],
            data => data is TextData ? _ => default : null, "", PoolFixture.Tables, new RowIds(), new EndpointMeter("respond")));
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fingerprint_WhatDecidesAnAnswer_ChangesIt_AddressDoesNot()
    {
        await using FakeServer server = await FakeServer.StartAsync(request => request.AnswerAsync("yes"));
        await using FakeServer other = await FakeServer.StartAsync(request => request.AnswerAsync("yes"));
        EndpointSettings settings = EndpointClientTests.Settings(server);
        ChatTemplate template = ChatTemplateReader.Read(Repository.Models, "alpaca");
        string[] prints =
        [
            Print(settings), Print(settings with { Model = "other" }), Print(settings with { MaxTokens = 5 }), Print(settings with { Temperature = 1 }), Print(settings with { Seed = 1 }),
            Print(settings, template), Print(settings, null, "Be kind."), Print(settings, null, "", "</s>"), Print(settings, null, "", "", "v2"),
        ];
        Assert.Equal(prints.Length, prints.Distinct().Count());
        Assert.Equal(prints[0], Print(settings with { Address = new Uri(other.Address), Concurrency = 1, Retries = 0, Key = "k" }));

        string Print(EndpointSettings with, ChatTemplate? prompt = null, string system = "", string strip = "", string identity = "v1")
        {
            using AnswerBook book = Book(with);
            return new EndpointResponses(new RequestWriter(with, prompt, system), book, 4, identity, strip).Fingerprint;
        }
    }

    private AskStage<string> Respond(FakeServer server, ChatTemplate? template, string system, string strip, ConditionOptions? where = null)
    {
        EndpointSettings settings = EndpointClientTests.Settings(server) with { Api = template is null ? EndpointApi.Chat : EndpointApi.Completions };
        return new AskStage<string>("respond", "response", 1, new EndpointResponses(new RequestWriter(settings, template, system), Book(settings), 8, "tuned", strip),
            where is null ? null : RowCondition.From(where), "quality 1", values => new TextData(values));
    }

    private AnswerBook Book(EndpointSettings settings)
    {
        EndpointMeter meter = new("respond");
        return new AnswerBook(new EndpointClient(settings, meter, TimeProvider.System), meter, "", _folder["answers/respond.jsonl"]);
    }

    private static string?[] Responses(RowBatch batch) => ((TextData)batch.Columns["response"]).Values;

    private static RowBatch Batch(params Turn[][] rows) => new()
    {
        Sequence = 0,
        Rejections = [],
        Samples = [.. rows.Select((turns, i) => new Sample(new RowOrigin(0, i + 1, i), default, turns, turns[0].Text))],
    };
}
