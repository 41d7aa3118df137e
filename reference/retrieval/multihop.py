"""Makes BEIR folders of two public collections of questions that need several documents, for `bench/run MultiHop`.

    python multihop.py 2wiki CORPUS.json QUESTIONS.json FOLDER   # writes FOLDER-dev (every second question) and FOLDER-test
    python multihop.py hotpot DISTRACTOR.json FOLDER

2WikiMultihopQA (Ho et al. 2020): CORPUS.json is a list of {"title", "text"}; QUESTIONS.json a list of {"id", "question", "answer",
"evidence": [[subject, relation, object]]} (the 1,000 that are used most). The documents of a question are those called as its
evidence's subjects; questions with a subject that no document is called by are left out.
HotpotQA (Yang et al. 2018): the distractor file; all its paragraphs go into one collection.
"""

import json
import pathlib
import sys


def write(folder, documents, questions):
    (folder / "qrels").mkdir(parents=True, exist_ok=True)
    lines = lambda rows: "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (folder / "corpus.jsonl").write_text(lines({"_id": i, "title": t, "text": x} for i, (t, x) in documents.items()))
    (folder / "queries.jsonl").write_text(lines({"_id": q["id"], "text": q["question"]} for q in questions))
    (folder / "questions.jsonl").write_text(lines(questions))
    judged = [f"{q['id']}\t{document}\t1\n" for q in questions for document in q["documents"]]
    (folder / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\n" + "".join(judged))
    print(folder, len(documents), "documents", len(questions), "questions")


def two_wiki(corpus, questions, folder):
    documents = {f"w{i:05d}": (d["title"], d["text"]) for i, d in enumerate(json.loads(corpus.read_text()))}
    titles = {title.lower(): i for i, (title, _) in documents.items()}
    kept = []
    for question in json.loads(questions.read_text()):
        subjects = list(dict.fromkeys(triple[0].lower() for triple in question["evidence"]))
        if all(subject in titles for subject in subjects):
            kept.append({
                "id": question["id"],
                "question": question["question"],
                "answers": [question["answer"]],
                "documents": [titles[subject] for subject in subjects],
                "type": question.get("question_type") or question.get("type"),
            })
    write(folder.with_name(folder.name + "-dev"), documents, kept[::2])
    write(folder.with_name(folder.name + "-test"), documents, kept[1::2])


def hotpot(file, folder):
    documents, ids, questions = {}, {}, []
    for entry in json.loads(file.read_text()):
        context, facts = entry["context"], entry["supporting_facts"]
        if isinstance(context, dict):
            context, facts = zip(context["title"], context["sentences"]), list(zip(facts["title"], facts["sent_id"]))
        for title, sentences in context:
            if title not in ids:
                ids[title] = f"h{len(ids):05d}"
                documents[ids[title]] = (title, "".join(sentences))
        questions.append({
            "id": entry.get("_id") or f"h{len(questions)}",
            "question": entry["question"],
            "answers": [entry["answer"]],
            "documents": list(dict.fromkeys(ids[title] for title, _ in facts)),
            "type": entry["type"],
        })
    write(folder, documents, questions)


if __name__ == "__main__":
    kind, *paths = sys.argv[1:] or [""]
    if kind not in ("2wiki", "hotpot") or len(paths) != (3 if kind == "2wiki" else 2):
        sys.exit(__doc__)
    (two_wiki if kind == "2wiki" else hotpot)(*map(pathlib.Path, paths))
