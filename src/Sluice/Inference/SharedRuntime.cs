using System.Text.Json;

namespace Sluice.Inference;

/// <summary>Gives everyone who opens the same graph with the same options the same session: pipelines side by side hold its weights once. The last to dispose it closes it.</summary>
public sealed class SharedRuntime(IInferenceRuntime inner) : IInferenceRuntime
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Shared> _open = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public string Version => inner.Version;

    /// <summary>Sessions that are open now.</summary>
    public int Sessions
    {
        get
        {
            lock (_gate)
            {
                return _open.Count;
            }
        }
    }

    /// <inheritdoc/>
    public IInferenceSession Open(string modelPath, InferenceOptions options)
    {
        // A file that was put in another's place since is another graph.
        FileInfo file = new(modelPath);
        string key = JsonSerializer.Serialize((object?[])[Path.GetFullPath(modelPath), file.Exists ? file.Length : 0, file.Exists ? file.LastWriteTimeUtc : default, options]);
        lock (_gate)
        {
            if (!_open.TryGetValue(key, out Shared? shared))
            {
                _open[key] = shared = new Shared(inner.Open(modelPath, options));
            }

            shared.Users++;
            return new Lease(this, key, shared.Session);
        }
    }

    private void Close(string key)
    {
        lock (_gate)
        {
            Shared shared = _open[key];
            if (--shared.Users == 0)
            {
                _open.Remove(key);
                shared.Session.Dispose();
            }
        }
    }

    private sealed class Shared(IInferenceSession session)
    {
        public IInferenceSession Session => session;

        public int Users { get; set; }
    }

    private sealed class Lease(SharedRuntime owner, string key, IInferenceSession session) : IInferenceSession
    {
        private bool _isDisposed;

        public IReadOnlyList<TensorInfo> Inputs => session.Inputs;

        public IReadOnlyList<TensorInfo> Outputs => session.Outputs;

        public string Provider => session.Provider;

        public string? FallbackReason => session.FallbackReason;

        public IReadOnlyList<Tensor> Run(IReadOnlyList<Tensor> inputs, IReadOnlyList<string> outputs) => session.Run(inputs, outputs);

        public void Run(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> outputs) => session.Run(inputs, outputs);

        public void Dispose()
        {
            if (!_isDisposed)
            {
                _isDisposed = true;
                owner.Close(key);
            }
        }
    }
}
