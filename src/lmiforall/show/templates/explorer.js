// Runs the request in a form's field and shows the answer below it, without leaving the page.
const LONGEST = 4000;
const HEADERS = ["X-LMI-Status", "X-LMI-Note", "X-LMI-Release"];

async function run(form) {
  const output = form.querySelector("output");
  const address = new URL(form.elements.address.value, location.href);
  if (address.origin !== location.origin) {
    output.textContent = "Only this service can be asked from here.";
    return;
  }
  output.textContent = "Asking ...";
  try {
    const response = await fetch(address);
    output.textContent = [...head(response), "", shortened(laidOut(await response.text()))].join("\n");
  } catch (error) {
    output.textContent = `No answer: ${error.message}`;
  }
}

// The status and the headers that say what the figures are.
function head(response) {
  const told = HEADERS.filter((name) => response.headers.has(name));
  return [String(response.status), ...told.map((name) => `${name}: ${response.headers.get(name)}`)];
}

// JSON over several lines; anything else as it came.
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

for (const form of document.querySelectorAll("form.try")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    run(form);
  });
}
