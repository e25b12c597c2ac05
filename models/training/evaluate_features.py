"""Measures the tagger's frozen features: a light head (multinomial logistic regression) on Dolly's classes, FLASK's domains and Auto-J's scenarios.

The features are the graph's second output: the pooled vectors and the hidden layer. Naive Bayes and TF-IDF with logistic regression are measured
beside them on the same rows and folds. FLASK and Auto-J are for measuring only: the tagger never sees them, the heads are cross-validated."""
import argparse
import json
import os
import time
import warnings

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.linear_model import LogisticRegression, LogisticRegressionCV
from sklearn.model_selection import GridSearchCV, StratifiedKFold
from sklearn.naive_bayes import MultinomialNB
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

import corpus
import sources
from runtime import Runtime
from wordpiece import WordPiece

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "tagger")
PENALTIES = [1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2]


def folds(count, seed):
    return StratifiedKFold(count, shuffle=True, random_state=seed)


def head():
    """Strength of the penalty chosen by three folds of the training rows alone."""
    return make_pipeline(StandardScaler(), LogisticRegressionCV(Cs=PENALTIES, cv=folds(3, 1), max_iter=300, tol=1e-3))


def naive_bayes():
    return GridSearchCV(make_pipeline(CountVectorizer(), MultinomialNB()), {"multinomialnb__alpha": [1, 0.3, 0.1, 0.03, 0.01]}, cv=folds(3, 1))


def tf_idf():
    return GridSearchCV(make_pipeline(TfidfVectorizer(sublinear_tf=True), LogisticRegression(max_iter=200, tol=1e-3)),
                        {"logisticregression__C": [3, 10]}, cv=folds(3, 1))


def tasks(data):
    """Name -> (texts, classes, test rows or None for five folds)."""
    found, rows = {}, list(sources.pool(data, ["dolly"]))
    found["dolly class"] = ([r.prompt for r in rows], [r.meta["category"] for r in rows],
                            ([i for i, r in enumerate(rows) if sources.split(r) == "train"], [i for i, r in enumerate(rows) if sources.split(r) == "test"]))
    rows = [r for r in sources.lines(os.path.join(data, "tags", "flask_skills.jsonl.gz")) if r["domain"][0] != "-1"]
    found["flask domain, the first"] = ([r["instruction"] for r in rows], [r["domain"][0] for r in rows], None)
    rows = [r for r in rows if len(r["domain"]) == 1]
    found["flask domain, rows with one"] = ([r["instruction"] for r in rows], [r["domain"][0] for r in rows], None)
    rows = list(sources.lines(os.path.join(data, "tags", "autoj_scenario_train.jsonl.gz")))
    found["auto-j scenario"] = ([r["instruction"] + ("\n" + r["input"] if r["input"] else "") for r in rows], [r["category"] for r in rows], None)
    return found


def accuracy(make, inputs, classes, parts):
    """Right guesses over the test rows of all parts together."""
    right = [make().fit([inputs[i] for i in train], classes[train]).predict([inputs[i] for i in test]) == classes[test] for train, test in parts]
    return float(np.concatenate(right).mean())


def features(run, lists, output="features"):
    """The graph's features of id lists, in order; rows of like length share a batch."""
    order, out = np.argsort([len(x) for x in lists], kind="stable"), None
    for part in np.array_split(order, len(order) // 128 + 1):
        ids, mask, _ = corpus.pad([lists[i] for i in part])
        values = run({"input_ids": ids, "attention_mask": mask}, output)
        out = np.zeros((len(lists), values.shape[1]), np.float32) if out is None else out
        out[part] = values
    return out


def measure(compute, data, only=None, baselines=True):
    """`compute` gives the features of texts."""
    report = {}
    for name, (texts, classes, split) in tasks(data).items():
        if only and not any(name.startswith(o) for o in only):
            continue
        classes, started = np.array(classes), time.time()
        parts = [split] if split else list(folds(5, 0).split(texts, classes))
        report[name] = {"rows": sum(len(p[1]) for p in parts), "classes": len(set(classes)), "features": round(accuracy(head, compute(texts), classes, parts), 4)}
        if baselines:
            report[name]["naive bayes"] = round(accuracy(naive_bayes, texts, classes, parts), 4)
            report[name]["tf-idf and logistic regression"] = round(accuracy(tf_idf, texts, classes, parts), 4)
        print(f"{name}: {report[name]}, {time.time() - started:.0f} s", flush=True)
    return report


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--data", default="../shared/data")
    options.add_argument("--onnxruntime", default="natives/libonnxruntime.so.1")
    options.add_argument("--model", default=os.path.join(FOLDER, "model.onnx"))
    options.add_argument("--only", nargs="*", help="the first words of the tasks wanted")
    options.add_argument("--no-baselines", action="store_true")
    options.add_argument("--output", help="a JSON file for the figures")
    options = options.parse_args()
    warnings.filterwarnings("ignore")  # rare scenarios have fewer rows than folds
    with open(os.path.join(FOLDER, "manifest.json"), encoding="utf-8") as stream:
        limit = json.load(stream)["maxTokens"]
    tokenizer, run = WordPiece(corpus.TOKENIZER), Runtime(options.onnxruntime).load(options.model)
    report = measure(lambda texts: features(run, [np.array(tokenizer.encode(t, limit)) for t in texts]), options.data, options.only, not options.no_baselines)
    if options.output:
        with open(options.output, "w", encoding="utf-8", newline="\n") as stream:
            json.dump(report, stream, ensure_ascii=False, indent=1)
            stream.write("\n")


if __name__ == "__main__":
    main()
