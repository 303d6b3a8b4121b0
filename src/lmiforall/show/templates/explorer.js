// The description of the service -> a form for each of its questions, the request that it makes, and the answer.
import { body, head } from "/answer.js";

// So many codes are offered in a field; a longer list would be no help.
const MOST_CODES = 1000;

const byId = (id) => document.getElementById(id);
const form = byId("explorer");
const operation = byId("operation");
const fields = byId("fields");
// Every option, for the list is shortened by the words that are looked for.
const groups = [...operation.querySelectorAll("optgroup")].map((group) => ({ group, options: [...group.children] }));
const description = fetch("/openapi.json").then((response) => response.json());

// The question and its fields.

async function choose() {
  const { paths } = await description;
  const path = operation.value;
  if (!path) return;
  const { summary, description: more = "", parameters = [] } = paths[path].get;
  const given = exampleOf(path);
  byId("about").textContent = more ? `${summary}. ${more}` : summary;
  fields.replaceChildren(...parameters.map((parameter) => fieldOf(parameter, given)));
  if (parameters.length === 0) fields.textContent = "It has none.";
  history.replaceState(null, "", `#${path}`);
  changed();
  forget();
  await offerCodes(path);
}

// The values of the example, in the path and in the query.
function exampleOf(path) {
  const example = new URL(operation.selectedOptions[0].dataset.example, location.href);
  const given = Object.fromEntries(example.searchParams);
  const pieces = decodeURIComponent(example.pathname).split("/");
  path.split("/").forEach((piece, place) => {
    if (piece.startsWith("{")) given[piece.slice(1, -1)] = pieces[place] ?? "";
  });
  return given;
}

function fieldOf(parameter, given) {
  const id = `field-${parameter.name}`;
  const field = document.createElement("div");
  field.className = "field";
  const label = make("label", parameter.required ? `${parameter.name} (needed)` : parameter.name);
  label.htmlFor = id;
  const input = inputOf(parameter, given[parameter.name] ?? "");
  Object.assign(input, { id, name: parameter.name, required: Boolean(parameter.required) });
  input.dataset.place = parameter.in;
  field.append(label, input);
  if (parameter.description) {
    const about = make("p", parameter.description);
    about.id = `${id}-about`;
    about.className = "about";
    input.setAttribute("aria-describedby", about.id);
    field.append(about);
  }
  return field;
}

function inputOf({ schema = {} }, value) {
  if (!schema.enum) {
    const input = document.createElement("input");
    Object.assign(input, { value, autocomplete: "off", spellcheck: false });
    return input;
  }
  const select = document.createElement("select");
  select.append(...["", ...schema.enum].map((choice) => new Option(choice || "not said", choice)));
  select.value = value;
  return select;
}

// Offer the codes of a dataset's dimensions, with their titles, where there aren't too many.
async function offerCodes(path) {
  const about = path.match(/^(.*\/datasets\/[^/]+)\/observations$/)?.[1];
  if (!about) return;
  const { dimensions } = await (await fetch(about)).json();
  if (operation.value !== path) return;
  for (const { name, codes } of dimensions) {
    const input = byId(`field-${name}`);
    if (!input || codes.length > MOST_CODES) continue;
    const list = document.createElement("datalist");
    list.id = `codes-${name}`;
    list.append(...codes.map(({ code, title }) => new Option(title, code)));
    input.after(list);
    input.setAttribute("list", list.id);
  }
}

// The request.

function request() {
  const inputs = [...fields.querySelectorAll("input, select")];
  let path = operation.value;
  for (const { name, value } of inputs.filter(({ dataset }) => dataset.place === "path")) {
    path = path.replace(`{${name}}`, encodeURIComponent(value.trim()) || `{${name}}`);
  }
  const parameters = inputs
    .filter(({ dataset, value }) => dataset.place === "query" && value.trim() !== "")
    .map(({ name, value }) => [name, value.trim()]);
  return { path, parameters, address: parameters.length > 0 ? `${path}?${new URLSearchParams(parameters)}` : path };
}

function changed() {
  const asked = request();
  const whole = location.origin + asked.address;
  byId("request").textContent = asked.address;
  byId("curl").textContent = `curl -s '${whole.replaceAll("'", "%27")}'`;
  byId("python").textContent = inPython(asked);
  byId("javascript").textContent = inJavaScript(asked);
}

const quoted = (text) => JSON.stringify(text);

// What the request asks of which part of the service, without what only a page needs; a table is saved or taken as text.
function taken({ path, parameters }) {
  const named = Object.fromEntries(parameters.filter(([name]) => name !== "callback"));
  return {
    dataset: path.match(/\/datasets\/([^/]+)\/observations$/)?.[1],
    old: path.match(/^\/api\/v1\/(.*)$/)?.[1],
    named,
    table: (named.format ?? "json") === "json" ? "" : named.format,
  };
}

function inPython(asked) {
  const { dataset, old, named, table } = taken(asked);
  const begin = `from lmiforall.client import LMI\n\nlmi = LMI(${quoted(location.origin)})\n`;
  // A dictionary, for what is no name in Python could not be written otherwise.
  const rest = (names) => names.map((name) => `${quoted(name)}: ${quoted(named[name])}`).join(", ");
  const given = (names = Object.keys(named)) => (names.length > 0 ? `, **{${rest(names)}}` : "");
  if (dataset && table) {
    const codes = given(Object.keys(named).filter((name) => name !== "format"));
    return `from pathlib import Path\n\n${begin}lmi.save(${quoted(dataset)}, Path("${dataset}.${table}"), ${quoted(table)}${codes})`;
  }
  if (dataset) return `${begin}for row in lmi.observations(${quoted(dataset)}${given()}):\n    print(row)`;
  if (old) return `${begin}print(lmi.v1(${quoted(decodeURIComponent(old))}${given()}).content)`;
  return `import json\nfrom urllib.request import urlopen\n\nprint(json.load(urlopen(${quoted(location.origin + asked.address)})))`;
}

function inJavaScript(asked) {
  const { dataset, old, named, table } = taken(asked);
  const begin = `import { LMI } from "lmiforall";\n\nconst lmi = new LMI(${quoted(location.origin)});\n`;
  const given = Object.keys(named).length > 0 ? `, ${JSON.stringify(named)}` : "";
  if (dataset && !table) {
    return `${begin}for await (const row of lmi.observations(${quoted(dataset)}${given})) {\n  console.log(row);\n}`;
  }
  if (old) return `${begin}console.log((await lmi.v1(${quoted(decodeURIComponent(old))}${given})).content);`;
  return `const answer = await fetch(${quoted(location.origin + asked.address)});\nconsole.log(await answer.text());`;
}

// The answer.

let asking = 0;

async function run() {
  const { address } = request();
  const mine = ++asking;
  byId("told").textContent = "Asking ...";
  const begun = performance.now();
  try {
    const response = await fetch(address);
    const text = await body(response);
    // Whoever asks again in the meantime wants the newer answer only.
    if (mine !== asking) return;
    const took = Math.round(performance.now() - begun);
    byId("told").textContent = `Answered with ${response.status} in ${took} ms.`;
    byId("head").textContent = [`HTTP ${response.status}`, ...head(response)].join("\n");
    byId("body").textContent = text;
    Object.assign(byId("open"), { href: address, hidden: false });
    byId("answer").hidden = false;
  } catch (error) {
    if (mine === asking) byId("told").textContent = `No answer: ${error.message}`;
  }
}

// An answer to the question before must not stand below the new one.
function forget() {
  asking += 1;
  byId("answer").hidden = true;
  byId("open").hidden = true;
  byId("told").textContent = "";
}

// The list of questions.

function shorten() {
  const words = byId("words").value.toLowerCase().split(/\s+/).filter(Boolean);
  const chosen = operation.value;
  for (const { group, options } of groups) {
    group.replaceChildren(...options.filter((option) => words.every((word) => option.text.toLowerCase().includes(word))));
    group.hidden = group.children.length === 0;
  }
  if (operation.options.length > 0 && operation.value !== chosen) choose();
  byId("words-about").textContent = `${operation.options.length} questions have these words.`;
}

function make(name, text) {
  const element = document.createElement(name);
  element.textContent = text;
  return element;
}

function chooseByAddress() {
  const wanted = decodeURIComponent(location.hash.slice(1));
  const option = [...operation.options].find(({ value }) => value === wanted);
  if (option) option.selected = true;
  return choose();
}

byId("words").addEventListener("input", shorten);
operation.addEventListener("change", choose);
fields.addEventListener("input", changed);
window.addEventListener("hashchange", chooseByAddress);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  run();
});
chooseByAddress();
