// On every page: keeps the next sessions for use without a network, and sends what waits.
import { send, waiting } from "/static/outbox.js";

if ("serviceWorker" in navigator) {
  navigator.serviceWorker.register("/sw.js").then(async () => {
    const ready = await navigator.serviceWorker.ready;
    ready.active?.postMessage("keep");
  });
}
if (waiting().length) send();

// A form that takes seconds says so, and is not sent twice.
for (const form of document.querySelectorAll("form[data-busy]")) {
  const button = form.querySelector("button");
  const label = button.textContent;
  form.addEventListener("submit", () => {
    setTimeout(() => {
      button.textContent = form.dataset.busy;
      button.disabled = true;
    });
  });
  addEventListener("pageshow", () => {
    button.textContent = label;
    button.disabled = false;
  });
}
addEventListener("online", () => send());
