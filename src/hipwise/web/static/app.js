// On every page: keeps the next sessions for use without a network, and sends what waits.
import { send, waiting } from "/static/outbox.js";

if ("serviceWorker" in navigator) {
  navigator.serviceWorker.register("/sw.js").then(async () => {
    const ready = await navigator.serviceWorker.ready;
    ready.active?.postMessage("keep");
  });
}
if (waiting().length) send();
addEventListener("online", () => send());
