"""Made-up prompts for the categories and the language (Chinese) that the sources lack: templates (made_up.json) filled with topics and real passages."""
import json
import os
import random
import re

import labels as L

# A slot in braces is filled from the list of its name in made_up.json; {n} is a number, {x} and {y} a real passage (English, Chinese), {w} and {v} a short one.
CHINESE = re.compile("[\u4e00-\u9fff]")


def passages(rows, chinese, random_, count, low, high):
    """Short pieces of real text to fill templates with."""
    found = []
    for row in rows:
        text = row.response.replace("\n", " ").strip()
        if bool(CHINESE.search(text)) == chinese and len(text) >= low:
            found.append(text[:random_.randint(low, high)])
        if len(found) == count:
            break
    return found


def rows(real, per_label=1500, seed=11):
    """Yields (text, labels). `real` are shuffled rows of the training split."""
    random_ = random.Random(seed)
    english = [r for r in real if r.source in ("dolly", "gpteacher_roleplay", "t0_p3")]
    chinese = [r for r in real if r.source in ("huatuo_med_zh", "oasst_zh", "smilechat_zh")]
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "made_up.json"), encoding="utf-8") as stream:
        document = json.load(stream)
    pick = {**document["slots"],
            "x": passages(english, False, random_, 4000, 80, 400) + passages(english, False, random_, 2000, 300, 1600),
            "y": passages(chinese, True, random_, 4000, 40, 200) + passages(chinese, True, random_, 1500, 100, 500),
            "w": passages(english, False, random_, 3000, 20, 90), "v": passages(chinese, True, random_, 3000, 8, 40)}

    def fill(match):
        if match[1] == "n":
            return str(random_.choice((random_.randint(2, 20), random_.randint(2, 999))))
        return random_.choice(pick[match[1]]).replace("{n}", str(random_.randint(2, 99)))

    for group in document["templates"]:
        found = [L.CATEGORIES.index(name) for name in group["labels"]]
        for _ in range(per_label):
            text = random_.choice(group["texts"])
            zh, task, passage = bool(CHINESE.search(text)), text, ""
            if re.search(r"\n\{[xy]\}$", text):
                task, passage = text[:-4], text[-3:]
            task = random_.choice(pick["lead-zh" if zh else "lead"]) * (not task.startswith("{")) + task + random_.choice(pick["extra-zh" if zh else "extra"])
            if not passage and random_.random() < 0.1:  # a passage that does not matter: the task decides
                passage = "{y}" if zh else "{x}"
            parts = [task, passage] if random_.random() < 0.7 else [passage, task]
            text = random_.choice(("\n", "\n\n")).join(p for p in parts if p)
            text = re.sub(r"\{(code|[a-z])\}", fill, text)
            yield text, found
