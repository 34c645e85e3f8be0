// Keeps the player, today and the next sessions with their figures for use without a network.
const KEPT = "hipwise-1";
const SHELL = [
  "/play",
  "/today",
  "/look.css",
  "/static/app.js",
  "/static/player.js",
  "/static/outbox.js",
  "/static/icon-192.png",
  "/static/icon-512.png",
  "/manifest.webmanifest",
];
const SESSION = "/api/v1/sessions/today";

self.addEventListener("install", (event) => {
  event.waitUntil(self.skipWaiting());
});

self.addEventListener("activate", (event) => {
  event.waitUntil(tidy().then(() => self.clients.claim()));
});

async function tidy() {
  for (const name of await caches.keys()) {
    if (name !== KEPT) await caches.delete(name);
  }
}

self.addEventListener("message", (event) => {
  if (event.data === "keep") event.waitUntil(keepAll());
});

async function keepAll() {
  const cache = await caches.open(KEPT);
  await Promise.allSettled([...SHELL, SESSION].map((address) => keepOne(cache, address)));
  const ahead = await fetch("/api/v1/sessions/ahead").catch(() => null);
  if (!ahead || !ahead.ok) return;
  await cache.put("/api/v1/sessions/ahead", ahead.clone());
  const figures = new Set();
  for (const session of await ahead.json()) {
    for (const exercise of session.exercises) {
      figures.add(exercise.figure);
      figures.add(exercise.still);
    }
  }
  for (const address of figures) {
    if (!(await cache.match(address))) await keepOne(cache, address).catch(() => {});
  }
}

async function keepOne(cache, address) {
  const answer = await fetch(address);
  if (answer.ok && !answer.redirected) await cache.put(address, answer);
}

self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  if (event.request.method !== "GET" || address.origin !== location.origin) return;
  if (address.pathname === "/enter" || address.pathname === "/log-in") return;
  if (address.pathname.startsWith("/figures/")) {
    event.respondWith(cachedFirst(event.request));
  } else {
    event.respondWith(freshFirst(event.request, address));
  }
});

async function cachedFirst(request) {
  const cache = await caches.open(KEPT);
  const kept = await cache.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) await cache.put(request, answer.clone());
  return answer;
}

async function freshFirst(request, address) {
  try {
    return await fetch(request);
  } catch (error) {
    const cache = await caches.open(KEPT);
    const kept = await cache.match(request, { ignoreSearch: address.pathname !== SESSION });
    if (kept) return kept;
    if (request.mode === "navigate") {
      const today = await cache.match("/today");
      if (today) return today;
    }
    throw error;
  }
}
