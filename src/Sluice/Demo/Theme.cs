namespace Sluice.Demo;

/// <summary>A subject that news and reports are about, with the phrases that belong to it alone.</summary>
/// <param name="Name">Its name, as topic labels give it.</param>
/// <param name="Actors">Who acts.</param>
/// <param name="Actions">What they did, in the past tense.</param>
/// <param name="Objects">To what.</param>
internal sealed record Theme(string Name, string[] Actors, string[] Actions, string[] Objects)
{
    /// <summary>All themes.</summary>
    public static readonly Theme[] All =
    [
        Make("Sports", "the visiting goalkeeper|the national rowing team|a former champion|the youth league|the head coach|two marathon runners|the hockey captain|an unknown sprinter|the cycling club|the referees",
            "celebrated|prepared for|protested against|nearly lost|trained hard for|withdrew from|dedicated a week to|set a record in|called off|sold out",
            "the cup final|a friendly match|the relay race|the opening tournament|a decisive penalty shootout|the winter games|the regional championship|a charity run|the long jump contest|the last match of the season"),
        Make("Politics", "the city council|the opposition leader|two ministers|the regional parliament|a group of senators|the election commission|the newly elected mayor|the foreign secretary|a parliamentary committee|the governor",
            "voted on|rejected|debated|postponed|signed|defended|proposed changes to|withdrew|published|demanded a referendum on",
            "the housing bill|a treaty on fishing rights|the new electoral law|a motion of no confidence|the budget amendment|a reform of the courts|stricter border rules|the coalition agreement|a ban on lobbying|the pension act"),
        Make("Business", "the shipping company|a family-owned brewery|the central bank|several investors|a small software firm|the largest retailer|a furniture maker|the board of directors|two rival airlines|the chamber of commerce",
            "announced|financed|acquired|cancelled|reported losses after|raised prices because of|agreed to|invested in|cut jobs before|profited from",
            "a merger|the takeover bid|a new factory|falling share prices|record quarterly earnings|an expensive rebranding|the sale of its warehouses|a large export order|higher interest rates|a public stock offering"),
        Make("Science", "a team of astronomers|the marine laboratory|two geologists|a young physicist|the research station|a group of botanists|the particle institute|an evolutionary biologist|the university chemists|a climate scientist",
            "discovered|measured|simulated|photographed|published a paper on|questioned|confirmed|catalogued|explained|reproduced",
            "a distant exoplanet|the genome of a rare orchid|an unusual crystal|the orbit of a comet|a fossil whale|a superconducting alloy|the age of the canyon|a deep-sea bacterium|gravitational waves|the melting of a glacier"),
        Make("Health", "the children's hospital|a panel of doctors|the vaccination centre|nurses on the night ward|the health ministry|a clinic for athletes|family physicians|two pharmacists|the dental association|a surgeon",
            "warned about|recommended|tested|treated|reported progress against|offered advice on|opened a ward for|studied|ran a campaign against|prescribed",
            "seasonal influenza|a new blood test|sleep disorders|a low-salt diet|an improved hearing aid|childhood asthma|back pain|a flu vaccine|high blood pressure|physical therapy after strokes"),
        Make("Technology", "a robotics start-up|the chip designers|a team of programmers|the satellite operator|an open-source project|the phone maker|two computer students|the search engine company|a battery laboratory|the cybersecurity agency",
            "released|patched|demonstrated|encrypted|redesigned|launched|recalled|benchmarked|automated|open-sourced",
            "a faster processor|the mobile app|a warehouse robot|the login software|a translation model|an electric scooter|a foldable screen|the cloud service|a wireless sensor|the navigation system"),
        Make("Travel", "the mountain railway|a group of hikers|the tourist office|two backpackers|the ferry line|a luxury hotel|the airport|camping enthusiasts|a travel writer|the island guides",
            "recommended|mapped|crowded|reviewed|reopened|reserved|photographed the view from|got lost on|raised fares for|described",
            "the coastal footpath|a night train|the old pilgrim route|a desert safari|the harbour cruise|a cabin in the hills|the thermal baths|the castle tour|a cheap hostel|the panoramic cable car"),
        Make("Food", "a pastry chef|the street vendors|a vegetarian restaurant|the cheese makers|two food critics|the school kitchen|a spice merchant|the noodle bar|an amateur cook|the wine growers",
            "tasted|served|praised|simmered|burned|added garlic to|shared the recipe for|garnished|ran out of|baked",
            "a lentil soup|the sourdough bread|an apricot tart|a mushroom risotto|the pickled cabbage|spicy dumplings|a roasted pumpkin salad|the almond cake|grilled sardines|a honey-glazed ham"),
        Make("Weather", "the meteorological office|storm chasers|the coast guard|forecasters|the mountain weather station|farmers in the valley|the flood warning centre|road crews|the snow patrol|a weather balloon team",
            "expected|tracked|measured|warned of|recorded|prepared for|were surprised by|predicted|observed|issued an alert for",
            "heavy snowfall|a sudden thunderstorm|gale-force winds|a week of drizzle|the longest drought in years|dense fog|a record heat wave|freezing rain|flash floods|a drop in air pressure"),
        Make("Culture", "the chamber orchestra|a street theatre group|the art gallery|a first-time novelist|the film festival jury|two sculptors|the opera house|a jazz trio|the national museum|a documentary director",
            "performed|exhibited|restored|premiered|won a prize for|translated|auctioned|rehearsed|dedicated an evening to|illustrated",
            "a forgotten symphony|a collection of portraits|the medieval manuscript|a play in one act|a silent film|an album of folk songs|a volume of poems|the ballet about the sea|an experimental sculpture|a musical comedy"),
    ];

    /// <summary>Writes a sentence of the theme, with a place, a person or a figure in it, and answers with its object.</summary>
    public string WriteSentence(DemoText text, DemoRandom random)
    {
        string actor = random.Pick(Actors);
        string action = random.Pick(Actions);
        string thing = random.Pick(Objects);
        switch (random.Next(6))
        {
            case 0:
                text.AddCapital(random.Pick(Vocabulary.Times));
                text.Add($", {actor} from {Place.Draw(random)} {action} {thing}.");
                break;
            case 1:
                text.AddCapital(actor);
                text.Add($" {action} {thing} in {Place.Draw(random)} {random.Pick(Vocabulary.Times)}.");
                break;
            case 2:
                text.Add($"According to {Person.Draw(random)}, {actor} {action} {thing} {random.Between(2, 90)} days ago.");
                break;
            case 3:
                text.AddCapital(actor);
                text.Add($" {action} {thing}, and {random.Between(20, 9800)} people in {Place.Draw(random)} took notice.");
                break;
            case 4:
                text.Add($"{Person.Draw(random)}, {random.Pick(Vocabulary.Professions):a}, saw how {actor} {action} {thing} {random.Pick(Vocabulary.Spots)}.");
                break;
            default:
                text.Add($"Near {Place.Draw(random)}, {actor} {random.Pick(Vocabulary.Manners)} {action} {thing}, {Person.Draw(random)} wrote.");
                break;
        }

        return thing;
    }

    private static Theme Make(string name, string actors, string actions, string objects) => new(name, WordList.Phrases(actors), WordList.Phrases(actions), WordList.Phrases(objects));
}
