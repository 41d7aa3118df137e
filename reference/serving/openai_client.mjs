// OpenAI's own JavaScript client against a running `tandem serve`: chat, stream, embeddings, models, files, fine-tuning jobs,
// vector store search.
//
//     npm install openai
//     tandem serve -w my-kb
//     node openai_client.mjs http://localhost:8080/v1 [tdm_KEY]
import OpenAI, { toFile } from "openai";

const client = new OpenAI({ baseURL: process.argv[2], apiKey: process.argv[3] ?? "none" });
const messages = [{ role: "user", content: "How many weeks of parental leave do employees get?" }];
const sleep = (millis) => new Promise((done) => setTimeout(done, millis));

const models = [];
for await (const model of client.models.list()) models.push(model.id);
console.log("models:", models);

const answer = await client.chat.completions.create({ model: "tandem/rag", messages });
console.log("chat:", answer.choices[0].message.content, answer.usage.total_tokens);
console.log("annotations:", (answer.choices[0].message.annotations ?? []).map((each) => each.url_citation.title));

let text = "";
let total = 0;
const stream = await client.chat.completions.create({
  model: "tandem/rag", messages, stream: true, stream_options: { include_usage: true },
});
for await (const chunk of stream) {
  text += chunk.choices[0]?.delta?.content ?? "";
  total = chunk.usage?.total_tokens ?? total;
}
console.log("stream:", text, total);

const vectors = await client.embeddings.create({ model: models.at(-1), input: ["one", "two"] });
console.log("embeddings:", vectors.data.length, vectors.data[0].embedding.length);

const store = (await client.vectorStores.list()).data[0];
const hits = await client.vectorStores.search(store.id, {
  query: "parental leave", max_num_results: 2, filters: { type: "ne", key: "format", value: "pdf" },
});
console.log("vector store:", store.id, hits.data.map((hit) => [hit.filename, hit.score.toFixed(3)]));

const lines = Array.from({ length: 12 }, (_, i) => JSON.stringify({
  messages: [
    { role: "user", content: `Which shelf holds part ${i}?` },
    { role: "assistant", content: `Shelf ${i % 3}.` },
  ],
}) + "\n").join("");
const file = await client.files.create({ file: await toFile(Buffer.from(lines), "train.jsonl"), purpose: "fine-tune" });
const content = await (await client.files.content(file.id)).text();
console.log("file:", file.status, file.bytes, content === lines, (await client.files.retrieve(file.id)).filename);

let job = await client.fineTuning.jobs.create({
  model: "starter",
  training_file: file.id,
  suffix: `node-${Date.now()}`,
  seed: 1,
  method: { type: "supervised", supervised: { hyperparameters: { n_epochs: 1, batch_size: 4 } } },
});
while (!["succeeded", "failed", "cancelled"].includes(job.status)) {
  await sleep(500);
  job = await client.fineTuning.jobs.retrieve(job.id);
}
console.log("fine-tuning:", job.status, job.fine_tuned_model, job.trained_tokens);
const events = await client.fineTuning.jobs.listEvents(job.id, { limit: 2 });
console.log("events:", events.data.map((event) => event.message));
const checkpoints = await client.fineTuning.jobs.checkpoints.list(job.id);
console.log("checkpoints:", checkpoints.data.map((each) => each.step_number));
const tuned = await client.chat.completions.create({ model: job.fine_tuned_model, messages, max_tokens: 5 });
console.log("adapter:", JSON.stringify(tuned.choices[0].message.content));

let other = await client.fineTuning.jobs.create({
  model: "starter", training_file: file.id, hyperparameters: { n_epochs: 50 },
});
await client.fineTuning.jobs.cancel(other.id);
while (["queued", "running"].includes(other.status)) {
  await sleep(500);
  other = await client.fineTuning.jobs.retrieve(other.id);
}
console.log("cancelled:", other.status);
console.log("deleted:", (await client.files.delete(file.id)).deleted);

for (const wrong of [
  () => client.chat.completions.create({ model: "gpt-9", messages }),
  async () => client.files.create({ file: await toFile(Buffer.from("{}"), "a.jsonl"), purpose: "fine-tune" }),
]) {
  try {
    await wrong();
    console.log("no error");
  } catch (error) {
    console.log("error:", error.constructor.name, error.status, error.message);
  }
}
