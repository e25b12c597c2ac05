using Sluice.Diagnostics.Faults;
using Sluice.Inference;
using Sluice.Inference.Faults;

namespace Sluice.Tests.Inference;

public sealed class FaultyRuntimeTests
{
    [Fact]
    public void Run_NaN_SpoilsThatAnswerAlone()
    {
        IInferenceSession session = Open("model.quality.run=nan@2");
        Assert.Equal([[1f, 2f], [float.NaN, float.NaN], [1f, 2f]], Enumerable.Range(0, 3).Select(_ => Answers(session)));
    }

    [Fact]
    public void Run_OutOfMemory_IsAnInferenceExceptionThatSaysSo()
    {
        IInferenceSession session = Open("model.quality.run=oom@1");
        InferenceException fault = Assert.Throws<InferenceException>(() => Answers(session));
        Assert.True(fault.IsOutOfMemory);
        Assert.Contains("fault on purpose at model.quality.run", fault.Message, StringComparison.Ordinal);
        Assert.Equal([1f, 2f], Answers(session));
    }

    [Fact]
    public void Open_FaultPlanned_FailsForThatModelAlone()
    {
        var runtime = new FaultyRuntime(new Constant(), Plan("model.quality.open=io"));
        Assert.Throws<IOException>(() => runtime.Open("/models/quality/model.onnx", new InferenceOptions()));
        Assert.Equal("CPU", runtime.Open("/models/tagger/model.onnx", new InferenceOptions()).Provider);
    }

    private static float[] Answers(IInferenceSession session)
    {
        float[] into = new float[2];
        session.Run([], [new Tensor("scores", into, [2])]);
        return into;
    }

    private static IInferenceSession Open(string plan) => new FaultyRuntime(new Constant(), Plan(plan)).Open("/models/quality/model.onnx", new InferenceOptions());

    private static FaultPlan Plan(string text) => FaultPlan.Read(name => name == FaultPlan.Variable ? text : null);

    private sealed class Constant : IInferenceRuntime, IInferenceSession
    {
        public string Version => "1";

        public IReadOnlyList<TensorInfo> Inputs => [];

        public IReadOnlyList<TensorInfo> Outputs => [];

        public string Provider => "CPU";

        public IInferenceSession Open(string modelPath, InferenceOptions options) => this;

        public IReadOnlyList<Tensor> Run(IReadOnlyList<Tensor> inputs, IReadOnlyList<string> outputs) => [new Tensor("scores", new float[] { 1, 2 }, [2])];

        public void Run(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> outputs)
        {
            ((float[])outputs[0].Data)[0] = 1;
            ((float[])outputs[0].Data)[1] = 2;
        }

        public void Dispose()
        {
        }
    }
}
