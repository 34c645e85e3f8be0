// What is to be written down: kept in the browser until the server has it, and sent once each.
const KEY = "hipwise.outbox";

export function waiting() {
  try {
    return JSON.parse(localStorage.getItem(KEY) || "[]");
  } catch {
    return [];
  }
}

function keep(entries) {
  localStorage.setItem(KEY, JSON.stringify(entries));
}

export function put(entry) {
  keep([...waiting().filter((e) => e.id !== entry.id), entry]);
}

// Sends what waits; what the server refuses for good is put aside, so that the rest can go.
export async function send() {
  for (const entry of waiting()) {
    let answer;
    try {
      answer = await fetch("/api/v1/log", {
        method: "POST",
        headers: { "content-type": "application/json", "x-form-token": await formToken() },
        body: JSON.stringify(entry),
      });
    } catch {
      return { sent: false, left: waiting().length };
    }
    if (answer.status === 401 || answer.status === 403 || answer.status >= 500) {
      return { sent: false, left: waiting().length };
    }
    keep(waiting().filter((e) => e.id !== entry.id));
    if (!answer.ok && answer.status !== 409) {
      const aside = JSON.parse(localStorage.getItem(KEY + ".refused") || "[]");
      localStorage.setItem(KEY + ".refused", JSON.stringify([...aside, entry]));
    }
  }
  return { sent: true, left: 0 };
}

// A page that came out of the cache has the token of an earlier run of the server.
async function formToken() {
  const answer = await fetch("/api/v1/form-token");
  return answer.ok ? (await answer.json()).form_token : "";
}
