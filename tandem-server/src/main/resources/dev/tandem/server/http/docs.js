"use strict";
// Text is only ever set as text, never as HTML: the document is ours, but replies hold what documents say.

const element = (name, text, ...children) => {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  made.append(...children);
  return made;
};

const short = (schema) => {
  if (!schema || Object.keys(schema).length === 0) return "anything";
  if (schema.$ref) return schema.$ref.split("/").pop();
  if (schema.anyOf) return schema.anyOf.map(short).join(" or ");
  if (schema.enum) return schema.enum.join(" | ");
  if (schema.type === "array") return "list of " + short(schema.items);
  if (schema.type === "object" && schema.additionalProperties) return "map of " + short(schema.additionalProperties);
  return schema.type + (schema.format ? " (" + schema.format + ")" : "");
};

const linked = (schema) => {
  const ref = schema && (schema.$ref || (schema.items && schema.items.$ref));
  if (!ref) return element("code", short(schema));
  const link = element("a", short(schema));
  link.href = "#schema-" + ref.split("/").pop();
  return link;
};

const table = (heads, rows) => {
  const head = element("tr");
  heads.forEach((each) => head.append(element("th", each)));
  const made = element("table", "", head);
  rows.forEach((row) => {
    const line = element("tr");
    row.forEach((cell) => line.append(cell instanceof Node ? element("td", "", cell) : element("td", cell)));
    made.append(line);
  });
  return made;
};

const example = (schema, all, depth = 0) => {
  if (!schema || depth > 4) return null;
  if (schema.$ref) return example(all[schema.$ref.split("/").pop()], all, depth + 1);
  if (schema.enum) return schema.enum[0];
  if (schema.type === "object" && schema.properties) {
    const made = {};
    (schema.required || []).forEach((name) => (made[name] = example(schema.properties[name], all, depth + 1)));
    return made;
  }
  return { string: "", integer: 1, number: 1, boolean: false, array: [], object: {} }[schema.type] ?? null;
};

const attempt = (method, path, operation, all) => {
  const form = element("form");
  const fields = (operation.parameters || []).map((parameter) => {
    const input = element("input");
    input.name = parameter.name;
    input.required = parameter.required;
    form.append(element("label", parameter.name + " ", input));
    return [parameter, input];
  });
  const json = operation.requestBody && operation.requestBody.content["application/json"];
  const body = element("textarea");
  if (json) {
    body.value = JSON.stringify(example(json.schema, all), null, 2);
    body.setAttribute("aria-label", "Request body");
    form.append(body);
  }
  const reply = element("pre");
  reply.setAttribute("aria-live", "polite");
  form.append(element("button", "Send"), reply);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    let url = path;
    const query = new URLSearchParams();
    fields.forEach(([parameter, input]) => {
      if (parameter.in === "path") url = url.replace("{" + parameter.name + "}", encodeURIComponent(input.value));
      else if (input.value) query.set(parameter.name, input.value);
    });
    const headers = {};
    const key = document.getElementById("key").value.trim();
    if (key) headers.Authorization = "Bearer " + key;
    if (json) headers["Content-Type"] = "application/json";
    reply.textContent = "…";
    try {
      const got = await fetch(url + (query.size ? "?" + query : ""), { method, headers, body: json ? body.value : undefined });
      const text = await got.text();
      let shown = text;
      try { shown = JSON.stringify(JSON.parse(text), null, 2); } catch { /* no JSON: as it is */ }
      reply.textContent = got.status + "\n" + shown;
    } catch (problem) {
      reply.textContent = String(problem);
    }
  });
  return form;
};

const shownOperation = (path, method, operation, all) => {
  const made = element("details");
  made.append(element("summary", "",
    Object.assign(element("span", method.toUpperCase()), { className: "method" }), element("code", path),
    Object.assign(element("span", "  " + operation.summary), { className: "line" })));
  if (operation.description) made.append(element("p", operation.description));
  if (operation.parameters) {
    made.append(table(["parameter", "in", "type", ""], operation.parameters.map((each) =>
      [element("code", each.name), each.in, short(each.schema), each.description])));
  }
  if (operation.requestBody) {
    Object.entries(operation.requestBody.content).forEach(([type, content]) =>
      made.append(element("p", "Takes " + type + ": ", linked(content.schema))));
  }
  Object.entries(operation.responses).forEach(([status, reply]) =>
    Object.entries(reply.content || {}).forEach(([type, content]) =>
      made.append(element("p", (status === "default" ? "Otherwise" : status) + ", " + type + ": ", linked(content.schema)))));
  made.addEventListener("toggle", () => {
    if (made.open && !made.querySelector("form")) made.append(attempt(method.toUpperCase(), path, operation, all));
  });
  made.dataset.words = (method + " " + path + " " + operation.summary).toLowerCase();
  return made;
};

const show = (api) => {
  document.getElementById("about").textContent = api.info.description + " Version " + api.info.version + ".";
  const all = api.components.schemas;
  const groups = new Map();
  Object.entries(api.paths).forEach(([path, methods]) =>
    Object.entries(methods).forEach(([method, operation]) => {
      const group = operation.tags[0];
      if (!groups.has(group)) groups.set(group, element("section", "", element("h2", group)));
      groups.get(group).append(shownOperation(path, method, operation, all));
    }));
  document.getElementById("operations").append(...groups.values());
  Object.entries(all).forEach(([name, schema]) => {
    const made = element("details", "", element("summary", "", element("code", name)));
    made.id = "schema-" + name;
    if (schema.description) made.append(element("p", schema.description));
    made.append(table(["field", "type", ""], Object.entries(schema.properties || {}).map(([field, type]) =>
      [element("code", field + ((schema.required || []).includes(field) ? " *" : "")), linked(type), type.description || ""])));
    document.getElementById("schemas").append(made);
  });
  const opened = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target) target.open = true;
  };
  addEventListener("hashchange", opened);
  opened();
  document.getElementById("find").addEventListener("input", (event) => {
    const words = event.target.value.toLowerCase();
    document.querySelectorAll("#operations details").forEach((each) => (each.hidden = !each.dataset.words.includes(words)));
  });
};

fetch("/openapi.json").then((reply) => reply.json()).then(show)
  .catch((problem) => (document.getElementById("about").textContent = "Cannot load /openapi.json: " + problem));
