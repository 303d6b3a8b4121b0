// Runs the request in a form's field and shows the answer below it, without leaving the page.
const LONGEST = 4000;

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
    const text = await response.text();
    const status = response.headers.get("X-LMI-Status");
    const shown = text.length > LONGEST ? `${text.slice(0, LONGEST)} ... (${text.length} characters)` : text;
    output.textContent = `${response.status}${status ? ` (${status})` : ""}\n${shown}`;
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
