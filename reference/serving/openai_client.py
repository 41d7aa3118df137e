"""OpenAI's own Python client against a running `tandem serve`: chat, stream, embeddings, models, files, fine-tuning jobs,
vector store search.

    pip install openai
    tandem serve -w my-kb
    python openai_client.py http://localhost:8080/v1 [tdm_KEY]
"""

import io
import json
import sys
import time

import openai

client = openai.OpenAI(base_url=sys.argv[1], api_key=sys.argv[2] if len(sys.argv) > 2 else "none")
question = [{"role": "user", "content": "How many weeks of parental leave do employees get?"}]

models = [model.id for model in client.models.list()]
print("models:", models)
embedding_model = models[-1]

answer = client.chat.completions.create(model="tandem/rag", messages=question)
print("chat:", answer.choices[0].message.content, answer.usage.total_tokens)
print("annotations:", [a.url_citation.title for a in answer.choices[0].message.annotations or []])

stream = client.chat.completions.create(
    model="tandem/rag", messages=question, stream=True, stream_options={"include_usage": True}
)
chunks = list(stream)
print("stream:", "".join(c.choices[0].delta.content or "" for c in chunks if c.choices), chunks[-1].usage.total_tokens)

vectors = client.embeddings.create(model=embedding_model, input=["one", "two"])
print("embeddings:", len(vectors.data), len(vectors.data[0].embedding))

store = client.vector_stores.list().data[0]
hits = client.vector_stores.search(
    store.id,
    query="parental leave",
    max_num_results=2,
    filters={"type": "ne", "key": "format", "value": "pdf"},
)
print("vector store:", store.id, [(hit.filename, round(hit.score, 3)) for hit in hits])

lines = "".join(
    json.dumps(
        {
            "messages": [
                {"role": "user", "content": f"Which shelf holds part {i}?"},
                {"role": "assistant", "content": f"Shelf {i % 3}."},
            ]
        }
    )
    + "\n"
    for i in range(12)
)
file = client.files.create(file=("train.jsonl", io.BytesIO(lines.encode())), purpose="fine-tune")
print("file:", file.status, file.bytes, len(client.files.content(file.id).read()), [f.id == file.id for f in client.files.list()][0])

job = client.fine_tuning.jobs.create(
    model="starter",
    training_file=file.id,
    suffix=f"python-{int(time.time())}",
    seed=1,
    method={"type": "supervised", "supervised": {"hyperparameters": {"n_epochs": 1, "batch_size": 4}}},
)
while job.status not in ("succeeded", "failed", "cancelled"):
    time.sleep(0.5)
    job = client.fine_tuning.jobs.retrieve(job.id)
print("fine-tuning:", job.status, job.fine_tuned_model, job.trained_tokens)
print("events:", [event.message for event in client.fine_tuning.jobs.list_events(job.id, limit=2).data])
print("checkpoints:", [c.step_number for c in client.fine_tuning.jobs.checkpoints.list(job.id)])
print("jobs:", [each.id == job.id for each in client.fine_tuning.jobs.list(limit=1).data])
tuned = client.chat.completions.create(model=job.fine_tuned_model, messages=question, max_tokens=5)
print("adapter:", repr(tuned.choices[0].message.content))

other = client.fine_tuning.jobs.create(model="starter", training_file=file.id, hyperparameters={"n_epochs": 50})
print("cancel:", client.fine_tuning.jobs.cancel(other.id).id == other.id)
while client.fine_tuning.jobs.retrieve(other.id).status in ("queued", "running"):
    time.sleep(0.5)
print("cancelled:", client.fine_tuning.jobs.retrieve(other.id).status)
print("deleted:", client.files.delete(file.id).deleted)

for wrong in (
    lambda: client.chat.completions.create(model="gpt-9", messages=question),
    lambda: client.files.create(file=("a.jsonl", b"{}"), purpose="fine-tune"),
):
    try:
        wrong()
        print("no error")
    except openai.APIStatusError as error:
        print("error:", type(error).__name__, error.status_code, error.body["message"])
