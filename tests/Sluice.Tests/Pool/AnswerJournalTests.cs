using System.Text.Json.Nodes;
using Sluice.Pool;

namespace Sluice.Tests.Pool;

public sealed class AnswerJournalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Journal => _folder["answers/respond.jsonl"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Find_AfterReopening_GivesEveryAnswerAsItWas()
    {
        string[] answers = ["", "two\nlines \"quoted\" \\ é 中 \U0001F600", new string('x', 3_000_000), "last"];
        using (AnswerJournal journal = AnswerJournal.Open(Journal))
        {
            for (int i = 0; i < answers.Length; i++)
            {
                journal.Append(Key(i), answers[i]);
                Assert.Equal(answers[i], journal.Find(Key(i)));
            }

            journal.Append(Key(3), "another");
        }

        using AnswerJournal again = AnswerJournal.Open(Journal);
        Assert.Equal(answers, Enumerable.Range(0, 4).Select(i => again.Find(Key(i))));
        Assert.Null(again.Find(Key(4)));
        Assert.Equal(4, again.Count);
    }

    [Fact]
    public void Append_EachAnswer_IsInTheFileAtOnceAsJson()
    {
        using AnswerJournal journal = AnswerJournal.Open(Journal);
        journal.Append(Key(1), "yes");
        using FileStream file = new(Journal, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using StreamReader reader = new(file);
        JsonNode line = JsonNode.Parse(reader.ReadToEnd())!;
        Assert.Equal(("yes", Key(1).ToString("x32", null), 16), ((string)line["answer"]!, (string)line["key"]!, ((string)line["check"]!).Length));
    }

    [Fact]
    public void Open_TornAtEveryByteOfTheLastLine_KeepsTheLinesBefore()
    {
        Fill(3);
        byte[] whole = File.ReadAllBytes(Journal);
        int before = Array.LastIndexOf(whole, (byte)'\n', whole.Length - 2) + 1;
        for (int length = before; length < whole.Length; length++)
        {
            File.WriteAllBytes(Journal, whole[..length]);
            using (AnswerJournal journal = AnswerJournal.Open(Journal))
            {
                Assert.Equal(2, journal.Count);
                journal.Append(Key(2), "answer 2");
            }

            Assert.Equal(whole, File.ReadAllBytes(Journal));
        }
    }

    [Fact]
    public void Open_DamagedLineInTheMiddle_LosesThatAnswerAlone()
    {
        Fill(3);
        File.WriteAllText(Journal, File.ReadAllText(Journal).Replace("answer 1", "answer 7", StringComparison.Ordinal));
        using AnswerJournal journal = AnswerJournal.Open(Journal);
        Assert.Equal(["answer 0", null, "answer 2"], Enumerable.Range(0, 3).Select(i => journal.Find(Key(i))));
        journal.Append(Key(1), "answer 1");
        Assert.Equal("answer 1", journal.Find(Key(1)));
    }

    [Fact]
    public void Append_FromManyThreads_LosesNone()
    {
        using (AnswerJournal journal = AnswerJournal.Open(Journal))
        {
            Parallel.For(0, 500, i => journal.Append(Key(i), $"answer {i}"));
        }

        using AnswerJournal again = AnswerJournal.Open(Journal);
        Assert.Equal(Enumerable.Range(0, 500).Select(i => $"answer {i}"), Enumerable.Range(0, 500).Select(i => again.Find(Key(i))));
    }

    private static UInt128 Key(int i) => new((ulong)i << 32, 0xF000_0000_0000_0000 + (ulong)i);

    private void Fill(int count)
    {
        using AnswerJournal journal = AnswerJournal.Open(Journal);
        for (int i = 0; i < count; i++)
        {
            journal.Append(Key(i), $"answer {i}");
        }
    }
}
