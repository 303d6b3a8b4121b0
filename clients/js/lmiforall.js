// A question in JavaScript -> an answer of a running LMI for All service, for browsers and Node 18 and later.
//
// Rule 1: no build step and no dependency: this file is the library, and its types stand in lmiforall.d.ts.
// Rule 2: a question is only ever asked with GET, so that asking again is harmless; who is told to wait waits.
// Rule 3: a figure keeps its status; one that isn't there is null, and its status says why.

// "Not now" rather than "no": the same question may be answered a moment later.
const PASSING = new Set([429, 502, 503, 504]);
// The API's largest page.
const PAGE = 10_000;
// Because a page of 1,000 figures has about 300 kB: some fifty of them, or thousands of short answers.
const HELD_CHARACTERS = 16 * 1024 * 1024;

/** Any of the errors below; `address` is what was asked. */
export class LMIError extends Error {
  constructor(address, what, options) {
    super(`${address}: ${what}`, options);
    this.name = new.target.name;
    this.address = address;
    this.what = what;
  }
}

/** Nobody answered in time, or the connection broke, as often as it was tried. */
export class Unreachable extends LMIError {}

/** What came isn't what this service answers: a web page, half an answer, another release's page. */
export class Misunderstood extends LMIError {}

/** The old API knows the occupation and has no figure for it: 200 with a reason in place of figures. */
export class NoFigures extends LMIError {}

/** The service answered with an error: `status`, `what`, and `where` and `do` where it says so. */
export class Refused extends LMIError {
  constructor(address, status, { what, where = "", do: todo = "", retryAfter = null }) {
    super(address, `${status} ${what.replace(/\.$/, "")}.${todo ? ` ${todo}` : ""}`);
    Object.assign(this, { status, what, where, do: todo, retryAfter });
  }
}

/** A service to ask, by its address. */
export class LMI {
  #address;
  #settings;
  #held = new Held();

  constructor(address, settings = {}) {
    const url = new URL(address);
    if (!["http:", "https:"].includes(url.protocol)) {
      throw new TypeError(`${address} is no address of a service, such as https://lmi.example.org`);
    }
    this.#address = address.replace(/\/+$/, "");
    this.#settings = {
      timeout: 20_000,
      attempts: 4,
      firstWait: 500,
      longestWait: 30_000,
      accessKey: "",
      page: PAGE,
      // A browser keeps answers itself, by ETag and for as long as the service says, and asks without a preflight.
      holds: typeof document === "undefined",
      fetch: globalThis.fetch.bind(globalThis),
      sleep: (milliseconds) => new Promise((done) => setTimeout(done, milliseconds)),
      chance: Math.random,
      ...settings,
    };
  }

  // The new API.

  /** Say which release the service answers from, and how many rows each dataset has. */
  async release() {
    return (await this.#get("/api/v2/release")).content;
  }

  /** List the datasets. */
  async datasets() {
    return listIn(await this.#get("/api/v2/datasets"), "datasets");
  }

  /** Say what a dataset is: its dimensions with their codes, its sources, its notes. */
  async dataset(name) {
    return (await this.#get(`/api/v2/datasets/${encodeURIComponent(name)}`)).content;
  }

  /** Count the rows of a dataset that have these codes. */
  async count(name, codes = {}) {
    return (await this.#get(observationsOf(name), { ...codes, limit: 0 })).content.total;
  }

  /** Give the rows of a dataset that have these codes, all, or at most `limit`: `for await (const row of ...)`. */
  async *observations(name, codes = {}) {
    let path = observationsOf(name);
    let most = Number(codes.limit ?? Infinity);
    let parameters = { ...codes, limit: Math.min(this.#settings.page, most) };
    let release = "";
    while (path) {
      const reply = await this.#get(path, parameters);
      const rows = listIn(reply, "observations");
      if (release && reply.content.release !== release) {
        // Half of each release would fit nothing.
        throw new Misunderstood(reply.address, "the release was replaced while pages were read: ask anew");
      }
      yield* rows.slice(0, most);
      most -= rows.length;
      release = reply.content.release;
      path = most > 0 ? pathOf(reply.content.next) : "";
      parameters = {};
    }
  }

  /** Give what a code of one classification is in another; with `least`, only targets of at least that weight. */
  async crosswalk(from, to, code, { least } = {}) {
    const path = ["/api/v2/crosswalks", ...[from, to, code].map(encodeURIComponent)].join("/");
    return (await this.#get(path, { least })).content;
  }

  // The old API.

  /** Ask any endpoint of the old API by its path, such as `ashe/estimatePay`; give the answer as it came. */
  async v1(path, parameters = {}) {
    const { accessKey } = this.#settings;
    const key = accessKey ? { accessKey } : {};
    const { content, headers } = await this.#get(`/api/v1/${path.replace(/^\/+|\/+$/g, "")}`, { ...parameters, ...key });
    const statuses = (headers["x-lmi-status"] ?? "").split(",").map((status) => status.trim()).filter(Boolean);
    const twin = /<([^>]*)>; rel="describedby"/.exec(headers.link ?? "")?.[1] ?? "";
    return { content, statuses, note: headers["x-lmi-note"] ?? "", twin, release: headers["x-lmi-release"] ?? "" };
  }

  /** Find occupations by words, best first. */
  async search(words, more = {}) {
    return (await this.#figures("soc/search", { q: words, ...more })).content;
  }

  /** Describe a unit group. */
  async occupation(soc, more = {}) {
    return (await this.#figures(`soc/code/${encodeURIComponent(soc)}`, more)).content;
  }

  /** Give the unit groups of the other SOC that one became (`from` is its own), with their weights. */
  async convert(soc, from = "soc2010") {
    return (await this.#figures("soc/convert", { soc, from })).content.codes;
  }

  /** Give mean weekly pay, pounds, year by year. */
  pay(soc, more = {}) {
    return this.#series("ashe/estimatePay", { soc, ...more }, "series", "estpay");
  }

  /** Give by how many per cent pay changed on the year before. */
  payChanges(soc, more = {}) {
    return this.#series("ashe/annualChanges", { soc, ...more }, "annual_changes", "change");
  }

  /** Give median and deciles of weekly pay, pounds, of the newest year. */
  async payDeciles(soc, more = {}) {
    const { content, statuses } = await this.#figures("ashe/estimatePayMD", { soc, ...more });
    return { median: content.median, deciles: content.deciles, statuses };
  }

  /** Give mean weekly hours, year by year. */
  hours(soc, more = {}) {
    return this.#series("ashe/estimateHours", { soc, ...more }, "series", "hours");
  }

  /** Give people at work, year by year, projected years too (`minYear`, `maxYear`). */
  employment(soc, more = {}) {
    return this.#series("wf/predict", { soc, ...more }, "predictedEmployment", "employment");
  }

  /** Give people at work by region, gender, status, qualification or industry, as the old API does. */
  async employmentBy(what, soc, more = {}) {
    const path = `wf/predict/breakdown/${encodeURIComponent(what)}`;
    return (await this.#figures(path, { soc, ...more })).content.predictedEmployment;
  }

  /** Give how many will be needed in place of those who leave, and of which years. */
  async replacementDemand(soc, more = {}) {
    return (await this.#figures("wf/replacement_demand", { soc, ...more })).content;
  }

  /** Give the O*NET occupations of a unit group, the largest part first. */
  async onetOf(soc, more = {}) {
    return (await this.#figures(`o-net/soc2onet/${encodeURIComponent(soc)}`, more)).content.onetCodes;
  }

  /** Give the skills that an O*NET occupation asks for, scale by scale. */
  async skills(onet) {
    return (await this.#figures(`o-net/skills/${encodeURIComponent(onet)}`)).content.scales;
  }

  // How they are asked.

  async #series(path, parameters, key, figure) {
    const { content, statuses, note } = await this.#figures(path, parameters);
    const figures = content[key].map((entry) => ({ year: entry.year, value: entry[figure] }));
    return { soc: content.soc, figures, statuses, note };
  }

  /** Ask, and take "no figures" for the error that it is. */
  async #figures(path, parameters) {
    const reply = await this.v1(path, parameters);
    if (reply.content?.error !== undefined) throw new NoFigures(`/api/v1/${path}`, String(reply.content.error));
    return reply;
  }

  async #get(path, parameters = {}) {
    const address = this.#address + withQuery(path, parameters);
    for (let retry = 1; ; retry += 1) {
      try {
        return await this.#once(address);
      } catch (error) {
        const wait = this.#wait(error, retry);
        if (wait === null) throw error instanceof LMIError ? error : unreachable(address, retry, error);
        await this.#settings.sleep(wait);
      }
    }
  }

  /** Give the milliseconds before the next attempt; null where it isn't worth it. */
  #wait(error, retry) {
    const { attempts, firstWait, longestWait, chance } = this.#settings;
    if (error instanceof LMIError && !(error instanceof Refused && PASSING.has(error.status))) return null;
    const asked = error.retryAfter ?? null;
    if (retry >= attempts || (asked !== null && asked > longestWait)) return null;
    const half = Math.min(firstWait * 2 ** (retry - 1), longestWait) / 2;
    // Spread also where the service says when: else all who were told the same come back in the same moment.
    return Math.min((asked ?? half) + half * chance(), longestWait);
  }

  async #once(address) {
    const { fetch, holds, timeout } = this.#settings;
    const held = holds ? this.#held.get(address) : undefined;
    const response = await fetch(address, {
      headers: held ? { "If-None-Match": held.etag } : {},
      // The browser asks its own cache by ETag each time; Node has none.
      ...(holds ? {} : { cache: "no-cache" }),
      // Counts until the body has come, so that an answer that only drips is left as well.
      signal: AbortSignal.timeout(timeout),
    });
    const headers = Object.fromEntries(response.headers);
    if (response.status === 304 && held) return { address, content: parsed(address, held.text), headers: held.headers };
    const text = await response.text();
    if (!response.ok) throw refused(address, response.status, headers, text);
    const content = parsed(address, text, headers);
    if (holds && headers.etag) this.#held.put(address, { etag: headers.etag, headers, text });
    return { address, content, headers };
  }
}

/** Answers by their address; the least used go first where they are too many. */
class Held {
  #answers = new Map();
  #characters = 0;

  get(address) {
    const found = this.#answers.get(address);
    if (found) {
      this.#answers.delete(address);
      this.#answers.set(address, found);
    }
    return found;
  }

  put(address, answer) {
    this.#remove(address);
    this.#answers.set(address, answer);
    this.#characters += answer.text.length;
    while (this.#characters > HELD_CHARACTERS) this.#remove(this.#answers.keys().next().value);
  }

  #remove(address) {
    this.#characters -= this.#answers.get(address)?.text.length ?? 0;
    this.#answers.delete(address);
  }
}

const observationsOf = (name) => `/api/v2/datasets/${encodeURIComponent(name)}/observations`;

/** What is null or undefined isn't sent; several codes are joined by commas. */
function withQuery(path, parameters) {
  const given = Object.entries(parameters).filter(([, value]) => value !== null && value !== undefined);
  const query = new URLSearchParams(given.map(([name, value]) => [name, String(value)]));
  return given.length > 0 ? `${path}?${query}` : path;
}

/** A page's `next` is the service's own path: it stays on this service, whatever it says. */
function pathOf(next) {
  if (!next) return "";
  const { pathname, search } = new URL(next, "http://service");
  return pathname + search;
}

function parsed(address, text, headers = {}) {
  try {
    return JSON.parse(text);
  } catch (error) {
    const kind = headers["content-type"] ?? "of no known kind";
    // Node gives what came of a gzip that ends in the middle: JSON that isn't whole is asked for again.
    if (kind.startsWith("application/json")) throw error;
    throw new Misunderstood(address, `the answer is no JSON but ${kind}`);
  }
}

function listIn({ address, content }, key) {
  if (Array.isArray(content?.[key])) return content[key];
  throw new Misunderstood(address, `the answer has no ${key}`);
}

function refused(address, status, headers, text) {
  const retryAfter = waitAskedFor(headers);
  let said;
  try {
    said = JSON.parse(text);
  } catch {
    // A proxy speaks in its own way: a line of it.
  }
  if (said?.error === undefined) {
    const line = text.replace(/\s+/g, " ").trim().slice(0, 200);
    return new Refused(address, status, { what: line || "no reason is given", retryAfter });
  }
  const { error, what = String(error), where, do: todo } = said;
  return new Refused(address, status, { what, where, do: todo, retryAfter });
}

/** Read `Retry-After` as milliseconds: seconds, or a date, which counts from the answer's own `Date`. */
function waitAskedFor(headers) {
  const said = (headers["retry-after"] ?? "").trim();
  if (/^\d{1,9}$/.test(said)) return Number(said) * 1000;
  const wait = Date.parse(said) - Date.parse(headers.date ?? "");
  return Number.isNaN(wait) ? null : Math.max(0, wait);
}

function unreachable(address, retry, error) {
  const reason = error?.cause?.message || error?.message || String(error);
  return new Unreachable(address, `no whole answer, tried ${retry} times: ${reason}`, { cause: error });
}
