using Sluice.Inference.Tokenization.Unicode;

namespace Sluice.Inference.Tokenization;

/// <summary>What one running encode needs: where its ids go, scratch memory, and its cache. Used by one thread at a time.</summary>
internal sealed class EncodeState
{
    private readonly Stack<CharBuffer> _buffers = new();
    private readonly Stack<IdList> _lists = new();
    private WordCache? _words;
    private WordCache? _chunks;
    private TokenBuffer _output = new();
    private byte _type;
    private int _stop;

    /// <summary>Words in the form the model sees them, and their ids.</summary>
    public WordCache Words => _words ??= new();

    /// <summary>Chunks of raw text and their ids.</summary>
    public WordCache Chunks => _chunks ??= new();

    /// <summary>The ids of the word being encoded.</summary>
    public IdList Ids { get; } = new();

    /// <summary>Scratch of the models, one list for each purpose.</summary>
    public IdList[] Lists { get; } = [new(), new(), new(), new()];

    /// <summary>Scratch of the long-word merge.</summary>
    public Models.MergeHeap Heap { get; } = new();

    /// <summary>Scratch of normalisation.</summary>
    public CodePointBuffer Codes { get; } = new();

    /// <summary>Scratch of the unigram lattice.</summary>
    public double[] Scores { get; set; } = new double[64];

    /// <summary>The first text of a pair.</summary>
    public TokenBuffer First { get; } = new();

    /// <summary>The second text of a pair.</summary>
    public TokenBuffer Second { get; } = new();

    /// <summary>Whether the last piece of text is emitted whole, past the limit, and pieces are those of the pre-tokenizer.</summary>
    public bool WholePieces { get; private set; }

    /// <summary>First and last+1 token of each piece emitted whole, counted from the output's start; added tokens are no pieces.</summary>
    public IdList Pieces { get; } = new();

    /// <summary>Whether no further id is wanted.</summary>
    public bool Full => _output.Count >= _stop;

    /// <summary>Sets where ids go, with which segment id, and at most how many.</summary>
    public void Begin(TokenBuffer output, byte type, int limit, bool wholePieces = false)
    {
        WholePieces = wholePieces;
        Pieces.Clear();
        _output = output;
        _type = type;
        _stop = (int)Math.Min(int.MaxValue, (long)output.Count + limit);
    }

    /// <summary>Appends one id unless the limit is reached.</summary>
    public void Emit(int id)
    {
        if (!Full)
        {
            _output.Add(id, _type);
        }
    }

    /// <summary>Appends ids as far as the limit goes; false when it is reached.</summary>
    public bool Emit(ReadOnlySpan<int> ids)
    {
        int room = _stop - _output.Count;
        if (WholePieces)
        {
            Pieces.Add(_output.Count);
            _output.Add(ids, _type);
            Pieces.Add(_output.Count);
            return ids.Length < room;
        }

        _output.Add(ids.Length <= room ? ids : ids[..room], _type);
        return ids.Length < room;
    }

    /// <summary>An empty character buffer, to be handed back by <see cref="Return(CharBuffer)"/>.</summary>
    public CharBuffer Rent()
    {
        if (_buffers.TryPop(out CharBuffer? buffer))
        {
            buffer.Clear();
            return buffer;
        }

        return new CharBuffer();
    }

    /// <summary>Takes a buffer back.</summary>
    public void Return(CharBuffer buffer) => _buffers.Push(buffer);

    /// <summary>An empty list, to be handed back by <see cref="Return(IdList)"/>.</summary>
    public IdList RentList()
    {
        if (_lists.TryPop(out IdList? list))
        {
            list.Clear();
            return list;
        }

        return new IdList();
    }

    /// <summary>Takes a list back.</summary>
    public void Return(IdList list) => _lists.Push(list);
}
