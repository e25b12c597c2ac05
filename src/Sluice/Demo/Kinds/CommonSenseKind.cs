namespace Sluice.Demo.Kinds;

/// <summary>Everyday questions: which of some things serves a purpose, and why.</summary>
internal sealed class CommonSenseKind : IDemoKind
{
    // Purpose, the thing that serves it, and why nothing else does.
    internal static readonly string[][] Facts =
    [
        .. WordList.Phrases("""
        keep dry in heavy rain=umbrella=its cover lets the water run off|light a dark cellar=lantern=it gives light where there is none|reach a high shelf=ladder=one can climb it|cut a rope=knife=it has a sharp edge|
        boil water=kettle=it is closed, heatproof and can be poured|tell the time=clock=its hands show hours and minutes|sweep the floor=broom=its bristles move the dirt|drive in a nail=hammer=its head is hard and heavy|
        see a small insect better=magnifying glass=it makes things look larger|keep ice cream from melting=freezer=it stays far below zero|cross a deep river=boat=it floats and carries people|sleep outdoors=tent=it keeps off wind and rain|
        write a letter=pen=it leaves ink on paper|carry soup=bowl=it is deep and does not leak|open a locked door=key=it fits the lock|warm the hands in winter=glove=it holds the body's heat|dig a hole=shovel=its blade lifts earth|
        measure a board=ruler=it is marked in centimetres|find north=compass=its needle turns to the pole|hang a picture=nail=it holds in the wall|protect the head on a bicycle=helmet=it takes the blow in a fall|
        join two sheets of cloth=needle=it pulls a thread through|water the flowers=watering can=it spreads water gently|hear a distant concert=radio=it receives sound over the air|stop a bleeding finger=bandage=it covers and presses the wound|
        hold papers together=paper clip=it grips the sheets without harm|catch a fish=fishing rod=its hook and line reach under water|weigh flour=scale=it shows the weight|fasten a shirt=button=it fits through a hole in the cloth|dry the dishes=towel=it soaks up water
        """).Select(fact => fact.Split('=')),
    ];

    /// <inheritdoc/>
    public string Name => "common_sense";

    /// <inheritdoc/>
    public bool CanBeWrong => true;

    /// <inheritdoc/>
    public void Write(DemoRow row, DemoRandom random)
    {
        Person person = Person.Draw(random);
        Span<int> options = stackalloc int[5];
        random.PickDistinct(options, Facts.Length);
        int right = random.Next(options.Length);
        string[] fact = Facts[options[right]];
        string[] told = Facts[options[row.Wrong ? (right + 1) % options.Length : right]];
        string profession = random.Pick(Vocabulary.Professions);
        string spot = random.Pick(Vocabulary.Spots);
        Place place = Place.Draw(random);
        row.Instruction.AddCapital(random.Pick(Vocabulary.Times));
        row.Instruction.Add($", {person}, {profession:a} of {random.Between(19, 76)} years in {place}, has to {fact[0]} {spot}. Beside {random.Pick(Vocabulary.Qualities):a} {random.Pick(Vocabulary.Things)} lie these things: ");
        for (int i = 0; i < options.Length; i++)
        {
            row.Instruction.Add($"{(i == 0 ? "" : i == options.Length - 1 ? " and " : ", ")}{random.Pick(Vocabulary.Qualities):a} {Facts[options[i]][1]}");
        }

        row.Instruction.Add($". {random.Pick(["Which one helps, and why?", "Which should be taken? Give the reason.", "What is the sensible choice, and for what reason?", "Which of them fits the purpose best, and why?"])}");
        row.Output.Add($"{person.First} should take the {told[1]}, because {told[2]}. ");
        int first = (right + 2) % options.Length;
        int second = (right + 3) % options.Length;
        row.Output.Add($"{random.Pick(["The others do not help:", "Nothing else would do:", "The rest serves other ends:"])} {Facts[options[first]][1]:a} is there to {Facts[options[first]][0]}, and {Facts[options[second]][1]:a} to {Facts[options[second]][0]}, {random.Pick(["which is not what the", "and neither is what the", "but that is no use to the"])} {profession} {random.Pick(["needs", "wants", "is after"])} {spot} in {place}.");
    }
}
