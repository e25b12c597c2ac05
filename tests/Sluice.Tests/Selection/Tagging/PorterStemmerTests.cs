using Sluice.Selection.Tagging;

namespace Sluice.Tests.Selection.Tagging;

public sealed class PorterStemmerTests
{
    // Examples of Porter (1980), step by step, as the whole algorithm stems them, and those of NLTK's documentation.
    [Theory]
    [InlineData("caresses ponies ties caress cats flies dies mules denied died", "caress poni tie caress cat fli die mule deni die")]
    [InlineData("feed agreed plastered bled motoring sing", "feed agre plaster bled motor sing")]
    [InlineData("conflated troubled sized hopping tanned falling hissing fizzed failing filing", "conflat troubl size hop tan fall hiss fizz fail file")]
    [InlineData("happy sky skies enjoy spy", "happi sky sky enjoy spi")]
    [InlineData("relational conditional rational valenci hesitanci digitizer radicalli differentli vileli analogousli", "relat condit ration valenc hesit digit radic differ vile analog")]
    [InlineData("vietnamization predication operator feudalism decisiveness hopefulness callousness", "vietnam predic oper feudal decis hope callous")]
    [InlineData("formaliti sensitiviti sensibiliti conformabli", "formal sensit sensibl conform")]
    [InlineData("triplicate formative formalize electriciti electrical hopeful goodness", "triplic form formal electr electr hope good")]
    [InlineData("revival allowance inference airliner gyroscopic adjustable defensible irritant", "reviv allow infer airlin gyroscop adjust defens irrit")]
    [InlineData("replacement adjustment dependent adoption homologou communism activate angulariti homologous effective bowdlerize", "replac adjust depend adopt homolog commun activ angular homolog effect bowdler")]
    [InlineData("probate rate cease controll roll", "probat rate ceas control roll")]
    [InlineData("owned humbled meeting stating siezing itemization sensational traditional reference colonizer plotted", "own humbl meet state siez item sensat tradit refer colon plot")]
    [InlineData("dying lying tying news innings proceed succeed exceed", "die lie tie news inning proceed succeed exceed")]
    [InlineData("geology archaeology theology psychology fully usefully", "geolog archaeolog theolog psycholog fulli use")]
    [InlineData("is by a 数据分析 eed ing oed syzygy", "is by a 数据分析 eed ing o syzygi")]
    public void Stem_KnownWords_GivesTheKnownStems(string words, string stems) =>
        Assert.Equal(stems.Split(' '), words.Split(' ').Select(PorterStemmer.Stem));
}
