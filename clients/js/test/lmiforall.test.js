// The client on a real server (LMI_SERVICE) and on one that is in trouble; tests/client/test_js.py starts it with both.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { once } from "node:events";
import { after, before, beforeEach, describe, test } from "node:test";
import { gzipSync } from "node:zlib";
import { LMI, Misunderstood, NoFigures, Refused, Unreachable } from "../lmiforall.js";

const RELEASE = '{"release":"r1","kind":"full","rows":{}}';
const service = process.env.LMI_SERVICE;

describe("on a real server", { skip: service ? false : "LMI_SERVICE is not set" }, () => {
  const lmi = new LMI(service ?? "http://nowhere");
  const direct = async (path) => (await fetch(service + path)).json();

  test("release and datasets are those of the service", async () => {
    const release = await lmi.release();
    assert.deepEqual(release, await direct("/api/v2/release"));
    assert.deepEqual((await lmi.datasets()).map(({ name }) => name), Object.keys(release.rows));
    assert.equal((await lmi.dataset("pay")).release, release.release);
  });

  test("a published figure comes with its status and its cell", async () => {
    const codes = { soc: 2134, basis: "year", sex: "all", pattern: ["all", "part_time"], year: 2024, measure: "median_gbp", coarsen: "never" };
    const figures = [];
    for await (const figure of lmi.observations("pay", codes)) figures.push(figure);
    assert.deepEqual(figures.map(({ value, status }) => [value, status]), [[53501, "direct"], [null, "unreliable"]]);
    assert.equal(figures[0].origin.cell, "D86");
  });

  test("pages are followed to the end, or as far as is wanted", async () => {
    const paged = new LMI(service, { page: 100 });
    const read = async (parameters) => {
      const codes = [];
      for await (const { soc } of paged.observations("soc2020_groups", parameters)) codes.push(soc);
      return codes;
    };
    const codes = await read({});
    assert.deepEqual(await read({ limit: 150, offset: 10 }), codes.slice(10, 160));
    const { observations } = await direct("/api/v2/datasets/soc2020_groups/observations?limit=10000");
    assert.deepEqual(codes, observations.map(({ soc }) => soc));
    assert.equal(await lmi.count("soc2020_groups"), codes.length);
  });

  test("the old API by name gives what it gives by path", async () => {
    const { content, statuses, twin } = await lmi.v1("ashe/estimatePay", { soc: 2231 });
    const series = await lmi.pay(2231);
    assert.deepEqual(series.figures.map(({ year, value }) => ({ year, estpay: value })), content.series);
    assert.deepEqual(series.statuses, statuses);
    assert.ok(statuses.includes("converted"));
    assert.match(twin, /^\/api\/v2\/datasets\/pay_at_soc2010\/observations\?/);
  });

  test("each named question is answered", async () => {
    assert.equal((await lmi.search("plumber"))[0].soc, 5314);
    assert.equal((await lmi.occupation(5314)).title, "Plumbers and heating and ventilating engineers");
    assert.equal((await lmi.convert(5314))[0].soc, 5315);
    assert.ok((await lmi.payDeciles(2231)).median > 0);
    assert.ok((await lmi.payChanges(2231)).figures.length > 0);
    assert.ok((await lmi.hours(2231)).figures.at(-1).value > 0);
    const [{ value }] = (await lmi.employment(2231, { minYear: 2030, maxYear: 2030 })).figures;
    const [{ breakdown }] = await lmi.employmentBy("region", 2231, { minYear: 2030, maxYear: 2030 });
    assert.equal(breakdown.reduce((sum, { employment }) => sum + employment, 0), value);
    assert.equal((await lmi.replacementDemand(2231)).end_year, 2035);
  });

  test("a refusal says what, where and what to do", async () => {
    await assert.rejects(lmi.pay(9999), (error) => error instanceof Refused && error.status === 400 && /9999 is not/.test(error.what));
    await assert.rejects(lmi.count("pay", { soc: "99999" }), { where: "parameter soc", what: "'99999' is not a code of soc" });
  });

  test("a known occupation without figures gives the reason", async () => {
    await assert.rejects(lmi.onetOf(2231), (error) => error instanceof NoFigures && /full release/.test(error.message));
  });
});

describe("on a service in trouble", () => {
  let server, url, answers, asked, waits, lmi;
  const say = (text, headers = {}, status = 200) => (_, response) => response.writeHead(status, headers).end(text);

  before(async () => {
    server = createServer((request, response) => {
      asked.push(request);
      (answers.length > 1 ? answers.shift() : answers[0])(request, response);
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    url = `http://127.0.0.1:${server.address().port}`;
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  beforeEach(() => {
    answers = [];
    asked = [];
    waits = [];
    lmi = client();
  });
  const client = (settings) =>
    new LMI(url, { sleep: async (milliseconds) => void waits.push(milliseconds), chance: () => 1, ...settings });

  test("who is told to wait waits so long and asks again", async () => {
    answers = [say("", { "Retry-After": "3" }, 429), say("", {}, 503), say(RELEASE)];
    assert.equal((await lmi.release()).release, "r1");
    assert.deepEqual(waits, [3250, 1000]);
  });

  test("a date to wait for counts from the date of the answer", async () => {
    const dates = { "Retry-After": "Wed, 25 Nov 2026 10:00:20 GMT", Date: "Wed, 25 Nov 2026 10:00:00 GMT" };
    answers = [say("", dates, 503), say(RELEASE)];
    await lmi.release();
    assert.deepEqual(waits, [20_250]);
  });

  test("who asks to wait for too long is not waited for", async () => {
    answers = [say("", { "Retry-After": "3600" }, 429)];
    await assert.rejects(lmi.release(), { status: 429, retryAfter: 3_600_000 });
    assert.deepEqual([asked.length, waits], [1, []]);
  });

  test("after so many attempts it gives up", async () => {
    answers = [say("", {}, 503)];
    await assert.rejects(lmi.release(), { status: 503 });
    assert.deepEqual(waits, [500, 1000, 2000]);
  });

  test("what would be refused again is asked once", async () => {
    for (const status of [400, 403, 404, 500]) {
      asked = [];
      answers = [say('{"error":"no. Never.","what":"no","do":"Never."}', {}, status)];
      await assert.rejects(lmi.release(), { status, what: "no", do: "Never." });
      assert.equal(asked.length, 1);
    }
  });

  test("an unchanged answer is asked for by ETag, and a changed one takes its place", async () => {
    const tagged = (text, etag) => (request, response) =>
      request.headers["if-none-match"] === etag
        ? response.writeHead(304, { ETag: etag }).end()
        : response.writeHead(200, { ETag: etag }).end(text);
    const other = RELEASE.replace("r1", "r2");
    answers = [tagged(RELEASE, '"a"'), tagged(RELEASE, '"a"'), tagged(other, '"b"')];
    const releases = [await lmi.release(), await lmi.release(), await lmi.release()];
    assert.deepEqual(releases.map(({ release }) => release), ["r1", "r1", "r2"]);
    assert.deepEqual(asked.map(({ headers }) => headers["if-none-match"]), [undefined, '"a"', '"a"']);
  });

  test("half an answer is asked for again and never taken", async () => {
    const cut = (_, response) => {
      response.writeHead(200, { "Content-Length": "500" }).write(RELEASE);
      setTimeout(() => response.destroy(), 20);
    };
    const packed = gzipSync(RELEASE);
    const cutPacked = say(packed.subarray(0, packed.length - 12), { "Content-Encoding": "gzip", "Content-Type": "application/json" });
    for (const broken of [cut, cutPacked]) {
      answers = [broken, say(packed, { "Content-Encoding": "gzip" })];
      assert.equal((await lmi.release()).release, "r1");
    }
    assert.equal(asked.length, 4);
  });

  test("a service that says nothing, or only drips, is left after the time-out", async () => {
    const drip = (_, response) => {
      response.writeHead(200);
      const beat = setInterval(() => response.write(" "), 20);
      response.on("close", () => clearInterval(beat));
    };
    for (const answer of [() => {}, drip]) {
      answers = [answer];
      await assert.rejects(client({ timeout: 200, attempts: 2 }).release(), (error) => error instanceof Unreachable && /tried 2 times/.test(error.message));
    }
    assert.equal(asked.length, 4);
  });

  test("what is no answer of this service is told as that", async () => {
    answers = [say("<html>Welcome to the hotel's network</html>", { "Content-Type": "text/html" })];
    await assert.rejects(lmi.datasets(), (error) => error instanceof Misunderstood && /no JSON but text\/html/.test(error.message));
    answers = [say("[]")];
    await assert.rejects(lmi.datasets(), Misunderstood);
  });

  test("a release that is replaced between two pages stops the reading, and another host isn't asked", async () => {
    const next = "http://elsewhere.invalid/api/v2/datasets/x/observations?offset=1";
    const page = (release, more) => say(JSON.stringify({ release, observations: [{ soc: "1111" }], ...more }));
    answers = [page("r1", { next }), page("r2")];
    const rows = lmi.observations("x");
    assert.equal((await rows.next()).value.soc, "1111");
    await assert.rejects(rows.next(), Misunderstood);
    assert.equal(asked[1].url, "/api/v2/datasets/x/observations?offset=1");
  });

  test("a key is sent to the old API only", async () => {
    answers = [say('{"soc":1115,"series":[],"release":"r1"}')];
    const keyed = client({ accessKey: "sésame&x" });
    await keyed.pay(1115);
    await keyed.release();
    assert.deepEqual(asked.map((request) => request.url), ["/api/v1/ashe/estimatePay?soc=1115&accessKey=s%C3%A9same%26x", "/api/v2/release"]);
  });
});

test("a port where nobody listens is told after all attempts", async () => {
  const waits = [];
  const lmi = new LMI("http://127.0.0.1:9", { sleep: async (milliseconds) => void waits.push(milliseconds) });
  await assert.rejects(lmi.release(), Unreachable);
  assert.equal(waits.length, 3);
});

test("an address that is no service is refused at once", () => {
  for (const address of ["file:///etc/passwd", "ftp://example.org", "example.org", ""]) assert.throws(() => new LMI(address), TypeError);
});
