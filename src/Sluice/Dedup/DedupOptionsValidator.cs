using Microsoft.Extensions.Options;

namespace Sluice.Dedup;

/// <summary>Checks the ranges of <see cref="DedupOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class DedupOptionsValidator : IValidateOptions<DedupOptions>;
