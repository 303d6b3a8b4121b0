// Runs the request in a form's field and shows the answer below it, without leaving the page.
import { body, head } from "/answer.js";

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
    output.textContent = [String(response.status), ...head(response, HEADERS), "", await body(response)].join("\n");
  } catch (error) {
    output.textContent = `No answer: ${error.message}`;
  }
}

for (const form of document.querySelectorAll("form.try")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    run(form);
  });
}
