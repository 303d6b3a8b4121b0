// An answer -> what a page shows of it: its status, the headers that say what its figures are, and its body.
const LONGEST = 4000;
const HEADERS = ["X-LMI-Status", "X-LMI-Note", "X-LMI-Release", "Link", "ETag"];

// The headers that tell something, as lines.
export function head(response, names = HEADERS) {
  const told = names.filter((name) => response.headers.has(name));
  return told.map((name) => `${name}: ${response.headers.get(name)}`);
}

// What can be read of the body: JSON over several lines, the beginning of anything else.
export async function body(response) {
  const kind = response.headers.get("Content-Type") ?? "";
  if (kind.startsWith("application/json")) return shortened(laidOut(await response.text()));
  if (/^text\/|javascript/.test(kind)) return beginning(response);
  await response.body?.cancel();
  return `${kind || "This kind of answer"} can't be shown here: open it to save it.`;
}

function laidOut(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

function shortened(text) {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}\n... ${text.length - LONGEST} more characters` : text;
}

// A table can have a million lines: only its beginning is taken.
async function beginning(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  while (text.length <= LONGEST) {
    const { done, value } = await reader.read();
    if (done) return text;
    text += value;
  }
  await reader.cancel();
  return `${text.slice(0, LONGEST)}\n... and more: open it to have all`;
}
