"""Measures the exported tagger by source on the test split, and on prompts of elsewhere that others labelled: Auto-J's scenarios (measuring only)."""
import argparse
import json
import os

import numpy as np

import corpus
import labels as L
import sources
from runtime import Runtime
from wordpiece import WordPiece

CODE = {L.CODE, L.JAVA, L.PYTHON, L.STRING, L.ALGORITHM}
MATHS = {L.MATH, L.CALCULATION, L.MODELING}
ANSWERS = {L.OPEN, L.STEM, L.HUMANITIES, L.CONCEPT, L.KNOWLEDGE}
# Scenario -> categories that are right as the primary one. Scenarios without a clear counterpart are left out.
RIGHT = {
    "text_summarization": {L.SUMMARY}, "note_summarization": {L.SUMMARY}, "writing_scientific_paper": {L.ACADEMIC}, "writing_personal_essay": {L.ACADEMIC, L.CREATIVE},
    "code_generation": CODE, "code_correction_rewriting": CODE, "explaining_code": CODE, "code_to_code_translation": CODE, "code_simplification": CODE,
    "math_reasoning": MATHS, "solving_exam_question_with_math": MATHS, "text_to_text_translation": {L.TRANSLATION}, "roleplay": {L.CHARACTER},
    "writing_email": {L.SOCIAL}, "writing_social_media_post": {L.SOCIAL}, "writing_job_application": {L.SOCIAL}, "writing_blog_post": {L.SOCIAL, L.CREATIVE},
    "creative_writing": {L.CREATIVE}, "writing_song_lyrics": {L.CREATIVE}, "brainstorming": {L.CREATIVE}, "writing_advertisement": {L.CREATIVE, L.SOCIAL},
    "writing_product_description": {L.CREATIVE, L.SOCIAL}, "writing_marketing_materials": {L.CREATIVE, L.SOCIAL}, "classification_identification": {L.CLASSIFY, L.SENTIMENT},
    "information_extraction": {L.EXTRACTION}, "keywords_extraction": {L.EXTRACTION}, "reading_comprehension": {L.KNOWLEDGE, L.LANGUAGE, L.EXTRACTION, L.STORY},
    "paraphrasing": {L.LANGUAGE}, "instructional_rewriting": {L.LANGUAGE}, "language_polishing": {L.LANGUAGE}, "text_correction": {L.LANGUAGE}, "text_simplification": {L.LANGUAGE},
    "explaining_general": ANSWERS, "open_question": ANSWERS | {L.COMMON}, "verifying_fact": ANSWERS | {L.COMMON, L.REASONING},
    "asking_how_to_question": ANSWERS, "seeking_advice": {L.OPEN, L.SOCIAL, L.DIALOGUE}, "solving_exam_question_without_math": ANSWERS | {L.COMMON, L.REASONING},
    "title_generation": {L.SUMMARY, L.CREATIVE}, "chitchat": {L.DIALOGUE, L.SOCIAL, L.OPEN, L.CHARACTER}}


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--data", default="../shared/data")
    options.add_argument("--onnxruntime", default="natives/libonnxruntime.so.1")
    options = options.parse_args()
    folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "tagger")
    with open(os.path.join(folder, "manifest.json"), encoding="utf-8") as stream:
        manifest = json.load(stream)
    tokenizer, run = WordPiece(corpus.TOKENIZER), Runtime(options.onnxruntime).load(os.path.join(folder, "model.onnx"))

    def best(lists):
        ids, mask, _ = corpus.pad(lists)
        return run({"input_ids": ids, "attention_mask": mask}, "logits").argmax(1)

    rows, views = corpus.load(options.data)
    for source in sources.POOL:
        held = [i for i, r in enumerate(rows) if r["source"] == source and r["split"] == "test" and r["labels"]][:2000]
        top = np.concatenate([best([np.concatenate(([tokenizer.cls], views["prompt"][i][:manifest["maxTokens"] - 2], [tokenizer.sep])) for i in part])
                              for part in np.array_split(held, len(held) // 200 + 1)])
        truth = np.array([rows[i]["labels"][0] for i in held])
        print(f"{source}: {len(held)} test rows, primary accuracy {(top == truth).mean():.4f}, its most frequent category {np.bincount(truth).max() / len(held):.4f}")

    right, total, missed = {}, {}, {}
    for row in sources.lines(os.path.join(options.data, "tags", "autoj_scenario_train.jsonl.gz")):
        if row["category"] in RIGHT:
            text = row["instruction"] + ("\n" + row["input"] if row["input"] else "")
            top = int(best([tokenizer.encode(text, manifest["maxTokens"])])[0])
            total[row["category"]] = total.get(row["category"], 0) + 1
            right[row["category"]] = right.get(row["category"], 0) + (top in RIGHT[row["category"]])
            if top not in RIGHT[row["category"]]:
                names = missed.setdefault(row["category"], {})
                names[manifest["labels"][top]] = names.get(manifest["labels"][top], 0) + 1
    counts = np.zeros(28)
    for scenario, n in total.items():
        for category in RIGHT[scenario]:
            counts[category] += n
    for scenario in sorted(total, key=lambda s: right[s] / total[s]):
        worst = sorted(missed.get(scenario, {}).items(), key=lambda x: -x[1])[:3]
        print(f"{right[scenario]:4d} of {total[scenario]:4d}  {scenario}  {worst}")
    print(f"{sum(right.values())} of {sum(total.values())} right: {sum(right.values()) / sum(total.values()):.4f}; "
          f"always the one best category: {counts.max() / sum(total.values()):.4f}")


if __name__ == "__main__":
    main()
