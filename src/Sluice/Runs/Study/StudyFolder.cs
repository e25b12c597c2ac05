using System.Security.Cryptography;
using System.Text;
using Sluice.Pool;
using Sluice.Pool.Disk;

namespace Sluice.Runs.Study;

/// <summary>
/// The folder of a study. A file is written under a partial name and hashed as it is written; where the file is there already with the same bytes it is left alone, so that planning
/// again checks every file and changes none.
/// </summary>
internal sealed class StudyFolder
{
    private readonly List<StoredFile> _files = [];

    /// <param name="path">The folder; made when absent.</param>
    public StudyFolder(string path)
    {
        Path = path;
        Directory.CreateDirectory(path);
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>The files so far.</summary>
    public IReadOnlyList<StoredFile> Files => _files;

    /// <summary>Files that were there already, as they are to be.</summary>
    public int Unchanged { get; private set; }

    /// <summary>Names of files that were there with other bytes.</summary>
    public List<string> Mended { get; } = [];

    /// <summary>The path of a file.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Writes a text file, UTF-8.</summary>
    public StoredFile WriteText(string name, Action<TextWriter> write, bool keepsOther = false) => Write(
        name,
        stream =>
        {
            using StreamWriter writer = new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
            write(writer);
        },
        keepsOther);

    /// <summary>Writes a file.</summary>
    /// <param name="name">Its name; may lie in a folder of its own.</param>
    /// <param name="write">Writes the bytes.</param>
    /// <param name="keepsOther">Whether a file that is there with other bytes is left as it is, since people fill it in.</param>
    public StoredFile Write(string name, Action<Stream> write, bool keepsOther = false)
    {
        string final = this[name];
        string partial = final + PoolDisk.Partial;
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(final)!);
        StoredFile file;
        using (SHA256 hash = SHA256.Create())
        {
            long length;
            using (FileStream stream = new(partial, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20))
            {
                using (CryptoStream hashing = new(stream, hash, CryptoStreamMode.Write, leaveOpen: true))
                {
                    write(hashing);
                }

                stream.Flush(flushToDisk: true);
                length = stream.Length;
            }

            file = new StoredFile(name, length, Convert.ToHexStringLower(hash.Hash!));
        }

        _files.Add(file);
        Place(name, partial, final, file, keepsOther);
        return file;
    }

    private void Place(string name, string partial, string final, StoredFile file, bool keepsOther)
    {
        bool isThere = File.Exists(final);
        if (isThere && SegmentFiles.Describe(Path, name).Sha256 == file.Sha256)
        {
            File.Delete(partial);
            Unchanged++;
            return;
        }

        if (isThere)
        {
            Mended.Add(name);
        }

        if (isThere && keepsOther)
        {
            File.Delete(partial);
        }
        else
        {
            PoolDisk.Plain.Publish(partial, final, "state");
        }
    }
}
