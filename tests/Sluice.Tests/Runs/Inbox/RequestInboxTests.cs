using System.Text;
using Sluice.Host.Serve;
using Sluice.Pool.Disk;
using Sluice.Records;
using Sluice.Runs.Inbox;

namespace Sluice.Tests.Runs.Inbox;

/// <summary>What the inbox promises to senders: no row lost, no row twice, whenever the process ends.</summary>
public sealed class RequestInboxTests : IDisposable
{
    private readonly TemporaryFolder _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public async Task Take_IsAnsweredOnlyAfterTheCommit_WithTheFateOfItsRows()
    {
        RequestInbox inbox = Open();
        Task<InboxAnswer> first = Take(inbox, "a\nb\n", "k1");
        await Arrived(inbox, 1);
        Task<InboxAnswer> second = Take(inbox, "c\n\n  \nd", "k2");
        await Arrived(inbox, 2);
        InboxBatch batch = Assert.Single(inbox.Collect());
        Assert.Equal("a\nb\nc\n\n  \nd\n", File.ReadAllText(batch.File.Path));
        Assert.False(first.IsCompleted || second.IsCompleted);

        Note(batch, annotated: [1], duplicate: [2, 3], rejected: [6]);
        inbox.Commit([batch]);

        InboxAnswer one = await first;
        Assert.Equal((2, 1, 1, 0, 1), (one.Rows, one.Annotated, one.Duplicate, one.Rejected, one.FirstLine));
        InboxAnswer two = await second;
        Assert.Equal((2, 0, 1, 1, 3), (two.Rows, two.Annotated, two.Duplicate, two.Rejected, two.FirstLine));
        // The last line of the request's own body, not of the batch.
        Assert.Equal(new InboxReject(4, "no row"), Assert.Single(two.Rejects));
        Assert.Equal((0, 0L, 4L), (inbox.Requests, inbox.PendingBytes, inbox.RowsAccepted));
        Assert.False(inbox.HasWork);
    }

    [Fact]
    public async Task Take_TheSameKeyAgain_IsAnsweredAndTakesNothing()
    {
        RequestInbox inbox = Open();
        Task<InboxAnswer> first = Take(inbox, "a\n", "k");
        await Arrived(inbox, 1);
        Task<InboxAnswer> impatient = Take(inbox, "a\n", "k");
        InboxBatch batch = Assert.Single(inbox.Collect());
        Task<InboxAnswer> meanwhile = Take(inbox, "a\n", "k");
        Note(batch, annotated: [1]);
        inbox.Commit([batch]);
        Assert.False((await first).Repeated);
        Assert.True((await impatient).Repeated);
        Assert.True((await meanwhile).Repeated);

        InboxAnswer later = await Take(inbox, "a\n", "k");

        Assert.True(later.Repeated);
        Assert.Equal(1, later.Annotated);
        Assert.False(inbox.HasWork);
        Assert.Empty(Directory.EnumerateFiles(InboxFolder.Incoming(_work.Path)));
        Assert.Equal(1, inbox.RowsAccepted);
    }

    [Fact]
    public async Task Take_TheSameKeyWithAnotherBody_IsRefused()
    {
        RequestInbox inbox = Open();
        Task<InboxAnswer> first = Take(inbox, "a\n", "k");
        await Arrived(inbox, 1);
        Assert.Equal(InboxReason.OtherBody, (await Assert.ThrowsAsync<InboxRefusal>(() => Take(inbox, "b\n", "k"))).Reason);
        IReadOnlyList<InboxBatch> batches = inbox.Collect();
        inbox.Commit(batches);
        await first;
        Assert.Equal(InboxReason.OtherBody, (await Assert.ThrowsAsync<InboxRefusal>(() => Take(inbox, "b\n", "k"))).Reason);
        Assert.Equal(2, inbox.Refused);
    }

    [Fact]
    public async Task Open_AfterADeathBeforeTheCommit_GivesTheBatchOutAgainAndKnowsItsKeys()
    {
        RequestInbox dead = Open();
        _ = Take(dead, "a\nb\n", "k");
        await Arrived(dead, 1);
        dead.Collect();
        // Not laid into a batch: never acknowledged, and sent again by whoever cares.
        _ = Take(dead, "c\n", "lost");
        await Arrived(dead, 2);

        RequestInbox inbox = Open();

        Assert.True(inbox.HasWork);
        Task<InboxAnswer> again = Take(inbox, "a\nb\n", "k");
        Task<InboxAnswer> lost = Take(inbox, "c\n", "lost");
        await Arrived(inbox, 2);
        IReadOnlyList<InboxBatch> batches = inbox.Collect();
        Assert.Equal(["a\nb\n", "c\n"], batches.Select(b => File.ReadAllText(b.File.Path)));
        Note(batches[0], annotated: [1, 2]);
        inbox.Commit(batches);
        Assert.Equal(2, (await again).Annotated);
        Assert.Equal(1, (await lost).Rows);
    }

    [Fact]
    public async Task Open_AfterADeathBehindTheCommit_AnswersFromWhatItKept()
    {
        RequestInbox dead = Open();
        _ = Take(dead, "a\n", "k");
        await Arrived(dead, 1);
        IReadOnlyList<InboxBatch> batches = dead.Collect();
        RequestInbox unanswered = new(_work.Path, static _ => true, new HttpOptions(), PoolDisk.Plain, TimeProvider.System);
        InboxAnswer unknown = await Take(unanswered, "a\n", "k");
        Assert.Equal((1, null, true), (unknown.Rows, unknown.Annotated, unknown.Repeated));
        Note(batches[0], annotated: [], duplicate: [1]);
        dead.Commit(batches);

        RequestInbox inbox = new(_work.Path, static _ => true, new HttpOptions(), PoolDisk.Plain, TimeProvider.System);

        Assert.False(inbox.HasWork);
        InboxAnswer answer = await Take(inbox, "a\n", "k");
        Assert.Equal((1L, 0L, 1L, true), (answer.Rows, answer.Annotated, answer.Duplicate, answer.Repeated));
    }

    [Fact]
    public async Task Take_WithoutAKey_IsANewRequestEachTimeAndAfterARestart()
    {
        for (int life = 0; life < 2; life++)
        {
            RequestInbox inbox = new(_work.Path, static _ => true, new HttpOptions(), PoolDisk.Plain, TimeProvider.System);
            Task<InboxAnswer> first = Take(inbox, $"a{life}\n", null);
            Task<InboxAnswer> second = Take(inbox, $"a{life}\n", null);
            await Arrived(inbox, 2);
            inbox.Commit(inbox.Collect());
            Assert.False((await first).Repeated || (await second).Repeated);
        }
    }

    [Fact]
    public void Open_RequestsWithoutRows_AreForgotten()
    {
        Directory.CreateDirectory(InboxFolder.Of(_work.Path));
        File.WriteAllText(InboxFolder.RequestsOf(_work.Path, 0), """{"Key":"k","Sha256":"0","Line":0,"Lines":1,"Rows":1}""" + "\n");
        RequestInbox inbox = Open();
        Assert.False(inbox.HasWork);
        Assert.False(File.Exists(InboxFolder.RequestsOf(_work.Path, 0)));
    }

    [Theory]
    [InlineData("", InboxReason.Empty)]
    [InlineData("\n \n\t\r\n", InboxReason.Empty)]
    [InlineData("0123456789", InboxReason.TooLarge)]
    internal async Task Take_BodyThatIsNoneOrTooMuch_IsRefusedAndLeavesNothing(string body, InboxReason reason)
    {
        RequestInbox inbox = Open(new HttpOptions { MaxBodyBytes = 9 });
        Assert.Equal(reason, (await Assert.ThrowsAsync<InboxRefusal>(() => Take(inbox, body, null))).Reason);
        Assert.Empty(Directory.EnumerateFiles(InboxFolder.Incoming(_work.Path)));
        Assert.False(inbox.HasWork);
    }

    [Fact]
    public async Task Take_BodyThatBreaksOff_LeavesNothing()
    {
        RequestInbox inbox = Open();
        await Assert.ThrowsAsync<IOException>(() => inbox.TakeAsync(new BrokenStream("a\nb"), "k", CancellationToken.None));
        Assert.Empty(Directory.EnumerateFiles(InboxFolder.Incoming(_work.Path)));
        Assert.Equal(0, inbox.Requests);
    }

    [Fact]
    public async Task Take_ByteOrderMark_IsLeftOut()
    {
        RequestInbox inbox = Open();
        _ = Take(inbox, "a", "1");
        await Arrived(inbox, 1);
        _ = Take(inbox, "\uFEFFb", "2");
        await Arrived(inbox, 2);
        Assert.Equal("a\nb\n"u8.ToArray(), File.ReadAllBytes(inbox.Collect()[0].File.Path));
    }

    [Fact]
    public async Task Take_NoRoom_IsRefusedUntilACommitMakesSome()
    {
        RequestInbox inbox = Open(new HttpOptions { MaxPendingBytes = 3, RoomTime = TimeSpan.Zero });
        Task<InboxAnswer> first = Take(inbox, "aaa\n", "1");
        await Arrived(inbox, 1);
        Assert.Equal(InboxReason.Full, (await Assert.ThrowsAsync<InboxRefusal>(() => Take(inbox, "b\n", "2"))).Reason);
        inbox.Commit(inbox.Collect());
        await first;
        Task<InboxAnswer> second = Take(inbox, "b\n", "2");
        await Arrived(inbox, 1);
        inbox.Commit(inbox.Collect());
        Assert.Equal(1, (await second).Rows);
    }

    [Fact]
    public async Task Take_NoRoomForAWhile_WaitsForIt()
    {
        RequestInbox inbox = Open(new HttpOptions { MaxPendingBytes = 3, RoomTime = TimeSpan.FromMinutes(5) });
        _ = Take(inbox, "aaa\n", "1");
        await Arrived(inbox, 1);
        Task<InboxAnswer> second = Take(inbox, "b\n", "2");
        Assert.Equal(1, inbox.Requests);
        inbox.Commit(inbox.Collect());
        await Arrived(inbox, 1);
        inbox.Commit(inbox.Collect());
        Assert.Equal(1, (await second).Rows);
    }

    [Fact]
    public async Task Take_NotCommittedInTime_SaysThatTheRowsAreKept()
    {
        RequestInbox inbox = Open(new HttpOptions { AnswerTime = TimeSpan.FromMilliseconds(100) });
        Assert.Equal(InboxReason.Late, (await Assert.ThrowsAsync<InboxRefusal>(() => Take(inbox, "a\n", "k"))).Reason);
        IReadOnlyList<InboxBatch> batches = inbox.Collect();
        Note(batches[0], annotated: [1]);
        inbox.Commit(batches);
        Assert.True((await Take(inbox, "a\n", "k")).Repeated);
    }

    [Fact]
    public async Task Take_Closed_IsRefusedWithTheReason()
    {
        RequestInbox inbox = Open();
        inbox.Close("It stops.");
        InboxRefusal refusal = await Assert.ThrowsAsync<InboxRefusal>(() => Take(inbox, "a\n", "k"));
        Assert.Equal((InboxReason.Closed, "It stops."), (refusal.Reason, refusal.Message));
    }

    [Fact]
    public async Task Take_DiskAlmostFull_IsRefused()
    {
        RequestInbox inbox = Open(new HttpOptions { MinFreeBytes = long.MaxValue });
        Assert.Equal(InboxReason.NoSpace, (await Assert.ThrowsAsync<InboxRefusal>(() => Take(inbox, "a\n", "k"))).Reason);
    }

    private RequestInbox Open(HttpOptions? options = null) => new(_work.Path, static _ => false, options ?? new HttpOptions(), PoolDisk.Plain, TimeProvider.System);

    private static Task<InboxAnswer> Take(RequestInbox inbox, string body, string? key) => inbox.TakeAsync(new MemoryStream(Encoding.UTF8.GetBytes(body)), key, CancellationToken.None);

    private static async Task Arrived(RequestInbox inbox, int requests)
    {
        while (inbox.Requests < requests)
        {
            await Task.Delay(5);
        }
    }

    private static void Note(InboxBatch batch, long[] annotated, long[]? duplicate = null, long[]? rejected = null) => batch.Note(new RowBatch
    {
        Sequence = 0,
        Samples =
        [
            .. annotated.Select(line => Row(line, -1)),
            .. (duplicate ?? []).Select(line => Row(line, 0)),
        ],
        Rejections = [.. (rejected ?? []).Select(line => new Rejection(new RowOrigin(0, line, 0), "parse", "no row", default))],
    });

    private static Sample Row(long line, long duplicateOf) => new(new RowOrigin(0, line, 0), default, [], default) { DuplicateOf = duplicateOf };

    private sealed class BrokenStream(string text) : MemoryStream(Encoding.UTF8.GetBytes(text))
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Position == Length ? throw new IOException("gone") : base.ReadAsync(buffer, cancellationToken);
    }
}
