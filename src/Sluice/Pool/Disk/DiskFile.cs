namespace Sluice.Pool.Disk;

/// <summary>A file being written. Bytes are gathered and go to the system in large pieces; nothing is safe before <see cref="Sync"/>.</summary>
internal sealed class DiskFile : Stream
{
    private readonly PoolDisk _disk;
    private readonly FileStream _file;
    private readonly string _path;
    private readonly string _area;
    private readonly byte[] _gathered;
    private int _length;
    private long _position;

    internal DiskFile(PoolDisk disk, FileStream file, string path, string area, int gather)
    {
        _disk = disk;
        _file = file;
        _path = path;
        _area = area;
        _gathered = new byte[gather];
        _position = file.Position;
    }

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => _position;

    /// <summary>Bytes written so far, gathered ones included. Cannot be set.</summary>
    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        _position += buffer.Length;
        if (buffer.Length > _gathered.Length - _length)
        {
            Flush();
            if (buffer.Length >= _gathered.Length)
            {
                _disk.Write(_file, _path, _area, buffer);
                return;
            }
        }

        buffer.CopyTo(_gathered.AsSpan(_length));
        _length += buffer.Length;
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void WriteByte(byte value) => Write([value]);

    /// <summary>Hands the gathered bytes to the system.</summary>
    public override void Flush()
    {
        if (_length > 0)
        {
            int length = _length;
            _length = 0;
            _disk.Write(_file, _path, _area, _gathered.AsSpan(0, length));
        }
    }

    /// <summary>Begins to bring what was written so far to the disk; see <see cref="PoolDisk.Hasten(string)"/>.</summary>
    public SideWork? Hasten()
    {
        Flush();
        return _disk.Hasten(_file);
    }

    /// <summary>Hands everything to the system and waits until the disk has it.</summary>
    public void Sync()
    {
        Flush();
        _disk.Sync(_file, _path, _area);
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>Closes the file. What was gathered and never flushed is dropped on purpose: a file that is closed unsynced is one that failed.</summary>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _file.Dispose();
        }

        base.Dispose(disposing);
    }
}
