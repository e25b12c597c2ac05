namespace Sluice.Demo;

/// <summary>Word lists that many kinds draw from.</summary>
internal static class Vocabulary
{
    /// <summary>Things that can be counted and bought; the plural adds an s.</summary>
    public static readonly string[] Things = WordList.Words("""
        anchor apple apron arrow badge bag ball balloon banana barrel basket bead bell belt blanket boat book boot bottle bowl brick broom bucket button cable
        cake camera candle canoe card carpet carrot chair chart clock cloak coat coin cookie crayon cup curtain cushion doll drum easel egg envelope fan
        feather flag flute folder fork frame funnel garland gear glove guitar hammer hat helmet hook horn jacket jar jug kettle key kite ladder lamp lantern lemon
        lid lock magnet map marble mask medal melon mirror mitten mug nail napkin necklace needle notebook oar onion orange paddle pan pear pen pencil pepper
        piano pillow pin pipe plate plum pot pumpkin puppet puzzle quilt racket raft rake ribbon ring robe rocket rope rug saddle sail screw seed
        shawl shell shirt shovel sketch skirt sled spoon spring stamp stool string sweater table tablet teapot tent ticket tile towel toy tray truck
        tulip umbrella vase vest violin wagon wallet wheel whistle window wreath zipper
        """);

    /// <summary>Adjectives that suit most things.</summary>
    public static readonly string[] Qualities = WordList.Words("""
        ancient blue brass bright broken bronze brown carved cheap clean coarse cold crooked curved damp dark delicate dusty elegant enormous faded familiar
        fancy fine flat folded fragile fresh golden green grey handmade heavy hollow huge large leather light little lost modern muddy narrow new odd old orange
        ordinary painted pale patched plain polished precious purple rare red repaired rough round rusty shiny silver simple slender small smooth soft solid
        spare spotted square stolen striped strong sturdy tall tangled thick thin tiny torn unusual useful valuable warm white wide wooden worn woven yellow
        """);

    /// <summary>What people do for a living.</summary>
    public static readonly string[] Professions = WordList.Words("""
        actor architect archivist artist astronomer baker banker barber beekeeper bookbinder botanist builder butcher carpenter cartographer chemist clerk coach
        composer cook dancer dentist designer diver doctor driver editor electrician engineer farmer florist gardener geologist grocer guard guide historian
        hunter illustrator inspector jeweller journalist judge lawyer librarian locksmith mason mechanic merchant midwife miller miner musician nurse painter
        pharmacist photographer pilot plumber poet porter potter printer ranger referee sailor scientist sculptor shepherd singer soldier surgeon surveyor tailor
        teacher translator trainer waiter watchmaker weaver welder writer zoologist
        """);

    /// <summary>Verbs in the past tense that take a thing as their object.</summary>
    public static readonly string[] Deeds = WordList.Words("""
        admired arranged borrowed bought brought carried caught chose cleaned collected counted covered delivered described discovered drew dropped examined
        exchanged fetched filled finished fixed followed found gathered gave hid ignored inspected kept labelled left lent lifted lost made marked measured
        mended moved noticed opened ordered packed painted photographed placed polished prepared protected recognised recorded removed repaired replaced returned
        rolled saved searched sent served showed sketched sold sorted stacked stored studied tested tied touched traded unpacked used washed weighed wrapped
        """);

    /// <summary>Where something may happen.</summary>
    public static readonly string[] Spots = WordList.Phrases("""
        behind the old mill|beside the harbour wall|at the railway station|near the stone bridge|in the public library|under the market roof|on the north road|
        outside the town hall|at the edge of the forest|in the school courtyard|by the frozen lake|above the bakery|inside the clock tower|in the botanical garden|
        at the ferry landing|on the hospital terrace|in the empty theatre|behind the bus depot|along the canal|at the foot of the hill|in the workshop|
        on the roof of the hotel|beside the fountain|in the vegetable market|at the lighthouse|under the chestnut trees|in the museum cellar|at the riding school|
        on the village green|near the water tower|in the waiting room|at the corner shop
        """);

    /// <summary>When something may happen.</summary>
    public static readonly string[] Times = WordList.Phrases("""
        before sunrise|after the storm|on a quiet Sunday|late in the evening|during the holidays|at the end of March|after a long winter|in the middle of the night|
        on market day|shortly before noon|during a heat wave|on the first day of school|after the concert|in early autumn|while the shops were closed|at dawn|
        on a foggy morning|after lunch|the day before the festival|in the last week of June|during the lunch break|when the lamps were lit|one rainy afternoon|
        soon after the harvest|on the last Friday of the month|at the turn of the year|in the first snow|during the night shift
        """);

    /// <summary>How something is done.</summary>
    public static readonly string[] Manners = WordList.Words("""
        awkwardly boldly bravely briskly calmly carefully cautiously cheerfully cleverly eagerly easily firmly gently gladly gratefully happily hastily honestly
        hopefully humbly kindly lazily loudly nervously openly patiently politely proudly quickly quietly reluctantly sadly secretly seriously sharply shyly
        silently slowly smoothly softly solemnly steadily stubbornly suddenly thoughtfully warmly wisely
        """);
}
