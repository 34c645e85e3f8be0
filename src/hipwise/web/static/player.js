// The player: leads through a session second by second; needs no network once it has loaded.
import { put, send } from "/static/outbox.js";

const $ = (id) => document.getElementById(id);
const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
const state = {
  session: null, step: 0, elapsed: 0, running: false, last: 0, sound: true, begun: null,
  beeped: 0, felt: {}, pains: {}, stopped: new Set(), below: new Set(), skipped: new Set(),
  done: {}, lock: null, id: crypto.randomUUID ? crypto.randomUUID() : `${Date.now()}-${Math.random()}`,
};

async function load() {
  const wish = location.hash.slice(1);
  const query = wish && wish !== "today" ? `?${wish}` : "";
  const answer = await fetch(`/api/v1/sessions/today${query}`).catch(() => null);
  if (answer && answer.ok) return answer.json();
  if (answer && answer.status !== 503) {
    const told = await answer.json().catch(() => ({}));
    throw new Error(told.error || "The session cannot be loaded.");
  }
  const ahead = await fetch("/api/v1/sessions/ahead").catch(() => null);
  if (ahead && ahead.ok) return (await ahead.json())[0];
  throw new Error("There is no network, and no session was kept.");
}

const steps = () => state.session.steps;
const step = () => steps()[state.step];
const exercise = (s) => state.session.exercises[s.place];

// Moving figures that are here; until one is, its still stands there.
const moving = new Set();

function fetchFigure(shown) {
  new Image().src = shown.still;
  if (calm) return;
  const image = new Image();
  image.addEventListener("load", () => {
    moving.add(shown.figure);
    if (exercise(step()) === shown) draw();
  });
  image.src = shown.figure;
}

function draw() {
  const now = step();
  const shown = exercise(now);
  $("place").textContent = `${now.place + 1} of ${state.session.exercises.length}`;
  $("name").textContent = shown.name;
  const image = $("figure");
  const source = calm || !moving.has(shown.figure) ? shown.still : shown.figure;
  if (!image.src.endsWith(source)) image.src = source;
  image.alt = `Moving figure: ${shown.name}`;
  image.classList.toggle("mirrored", now.side === "left");
  $("side").hidden = !now.side;
  $("side").className = `side-word ${now.side || ""}`;
  $("side").textContent = now.side ? `${now.side[0].toUpperCase()}${now.side.slice(1)} side` : "";
  $("dose").textContent = `${amount(now)} · set ${now.set} of ${now.of_sets}`;
  $("caption").textContent = now.caption;
  $("cues").replaceChildren(...shown.cues.map((cue) => {
    const item = document.createElement("li");
    item.textContent = cue;
    return item;
  }));
  const next = steps().slice(state.step + 1).find((s) => s.place !== now.place);
  $("next").textContent = next ? `Next: ${exercise(next).name}` : "The last one.";
  for (const [id, felt] of [["easy", "too_easy"], ["hard", "too_hard"]]) {
    $(id).setAttribute("aria-pressed", String(state.felt[shown.id] === felt));
  }
  clock();
}

function amount(s) {
  if (s.hold_s === null) return `${s.reps} repetitions`;
  return (s.reps || 1) > 1 ? `${s.reps} holds of ${s.hold_s} s` : `hold ${s.hold_s} s`;
}

function clock() {
  const now = step();
  const left = Math.max(Math.ceil(now.seconds - state.elapsed - 1e-6), 0);
  const words = left >= 60 ? `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}` : `${left}`;
  $("clock").textContent = words;
  $("clock").classList.toggle("working", now.kind === "work");
  $("whole").value = (now.start_s + state.elapsed) / state.session.seconds;
}

function tick() {
  if (!state.running) return;
  const time = performance.now();
  state.elapsed += (time - state.last) / 1000;
  state.last = time;
  while (state.running && state.elapsed >= step().seconds) {
    const over = state.elapsed - step().seconds;
    leaveStep();
    if (state.step + 1 >= steps().length) return end();
    enter(state.step + 1, over);
  }
  beep();
  clock();
}

// A set counts once it was done to its end.
function leaveStep() {
  const now = step();
  if (now.kind !== "work") return;
  const key = `${now.place}`;
  state.done[key] = state.done[key] || {};
  const side = now.side || "both";
  state.done[key][side] = (state.done[key][side] || 0) + 1;
}

function enter(index, elapsed = 0) {
  state.step = index;
  state.elapsed = elapsed;
  state.beeped = step().start_s + elapsed;
  say(step().caption);
  draw();
}

let audio = null;
function beep() {
  const time = step().start_s + state.elapsed;
  for (const tone of state.session.beeps) {
    if (tone.at_s >= state.beeped && tone.at_s < time && state.sound) sound(tone);
  }
  state.beeped = time;
}

function sound(tone) {
  if (!audio) return;
  const source = audio.createOscillator();
  const volume = audio.createGain();
  source.frequency.value = tone.pitch_hz;
  volume.gain.value = 0.25;
  source.connect(volume).connect(audio.destination);
  source.start();
  source.stop(audio.currentTime + tone.seconds);
}

function say(text) {
  if (!state.sound || !state.running || !("speechSynthesis" in window)) return;
  speechSynthesis.cancel();
  speechSynthesis.speak(new SpeechSynthesisUtterance(text));
}

async function awake(on) {
  try {
    if (on && "wakeLock" in navigator) state.lock = await navigator.wakeLock.request("screen");
    else if (!on && state.lock) await state.lock.release();
  } catch {
    state.lock = null;
  }
}

function run(on) {
  state.running = on;
  $("pause").textContent = on ? "Pause" : "Go on";
  $("player").dataset.state = on ? "running" : "paused";
  if (on) {
    state.begun = state.begun || new Date();
    audio = audio || (window.AudioContext ? new AudioContext() : null);
    audio?.resume?.();
    state.last = performance.now();
    say(step().caption);
  } else {
    window.speechSynthesis?.cancel();
  }
  awake(on);
}

function back() {
  enter(state.elapsed > 2 || state.step === 0 ? state.step : state.step - 1);
}

function skip() {
  if (state.step + 1 >= steps().length) return end();
  enter(state.step + 1);
}

function toNextExercise() {
  const index = steps().findIndex((s) => s.place > step().place);
  if (index < 0) return end();
  enter(index);
}

function feel(felt) {
  const id = exercise(step()).id;
  state.felt[id] = state.felt[id] === felt ? undefined : felt;
  draw();
}

let wasRunning = false;
let pain = null;
function hurts() {
  wasRunning = state.running;
  run(false);
  pain = null;
  const now = exercise(step());
  $("easier").hidden = !now.easier;
  $("easier").textContent = now.easier ? `Easier form: ${now.easier.name}` : "";
  $("below").checked = false;
  $("pain-says").textContent = "";
  $("scale").replaceChildren(...Array.from({ length: 11 }, (_, n) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = `${n}`;
    button.addEventListener("click", () => tellPain(n));
    return button;
  }));
  $("pain").returnValue = "";
  $("pain").showModal();
}

function tellPain(n) {
  pain = n;
  [...$("scale").children].forEach((b, i) => b.setAttribute("aria-pressed", String(i === n)));
  const limits = state.session.pain;
  if (n <= limits.fine) $("pain-says").textContent = "Green: that is fine.";
  else if (n <= limits.allowed) $("pain-says").textContent = "Amber: allowed, if it is gone by tomorrow.";
  else $("pain-says").textContent = "Red: end this exercise.";
}

function painTold() {
  const id = exercise(step()).id;
  if (pain !== null) state.pains[id] = Math.max(state.pains[id] || 0, pain);
  if ($("below").checked) state.below.add(id);
  const red = (pain !== null && pain > state.session.pain.allowed) || $("below").checked;
  const choice = $("pain").returnValue;
  if (red || choice === "end" || choice === "easier") {
    state.stopped.add(id);
    if (choice === "easier" && !red) state.felt[id] = "too_hard";
    toNextExercise();
  }
  if (wasRunning && $("after").hidden) run(true);
}

function end() {
  run(false);
  $("player").hidden = true;
  $("after").hidden = false;
  const done = items().filter((i) => i.sets > 0).length;
  $("after-says").textContent = `${done} of ${state.session.exercises.length} exercises done.`;
  $("finish").focus();
}

function items() {
  return state.session.items.map((item, place) => {
    const sides = Object.values(state.done[place] || {});
    const id = item.exercise;
    return {
      exercise: id, sets: sides.length ? Math.min(Math.max(...sides), 100) : 0,
      reps: item.reps, hold_s: item.hold_s, felt: state.felt[id] || (sides.length ? "right" : null),
      pain: state.pains[id] ?? null, below_knee: state.below.has(id), stopped: state.stopped.has(id),
    };
  });
}

function localTime(date) {
  const offset = -date.getTimezoneOffset();
  const sign = offset < 0 ? "-" : "+";
  const two = (n) => String(Math.floor(Math.abs(n))).padStart(2, "0");
  const local = new Date(date.getTime() + offset * 60000).toISOString().slice(0, 19);
  return `${local}${sign}${two(offset / 60)}:${two(offset % 60)}`;
}

async function finish() {
  $("finish").disabled = true;
  put({
    entry: "session", id: state.id, at: localTime(state.begun || new Date()),
    session: state.session.session, kind: state.session.kind,
    seconds: Math.round(step().start_s + Math.min(state.elapsed, step().seconds)), items: items(),
    pain_before: null, pain_after: Number($("pain-after").value),
  });
  $("kept").textContent = "Kept on this device.";
  const { sent } = await send();
  $("kept").textContent = sent
    ? "Written down."
    : "Kept on this device; it is sent when the server is back.";
  if (sent) location.href = "/today";
}

function keys(event) {
  if ($("pain").open || !$("after").hidden) return;
  const on = { " ": () => run(!state.running), ArrowLeft: back, ArrowRight: skip, e: () => feel("too_easy"), h: () => feel("too_hard"), p: hurts };
  if (event.target instanceof HTMLButtonElement && event.key === " ") return;
  if (on[event.key]) {
    event.preventDefault();
    on[event.key]();
  }
}

try {
  state.session = await load();
  if (!state.session.steps.length) throw new Error("Nothing fits into these minutes.");
  for (const shown of state.session.exercises) fetchFigure(shown);
  enter(0);
  $("player").dataset.state = "ready";
  $("pause").addEventListener("click", () => run(!state.running));
  $("back").addEventListener("click", back);
  $("skip").addEventListener("click", skip);
  $("easy").addEventListener("click", () => feel("too_easy"));
  $("hard").addEventListener("click", () => feel("too_hard"));
  $("hurts").addEventListener("click", hurts);
  $("pain").addEventListener("close", painTold);
  $("finish").addEventListener("click", finish);
  $("pain-after").addEventListener("input", () => { $("pain-after-says").textContent = $("pain-after").value; });
  $("sound").addEventListener("click", () => {
    state.sound = !state.sound;
    $("sound").textContent = state.sound ? "Sound on" : "Sound off";
    $("sound").setAttribute("aria-pressed", String(state.sound));
    if (!state.sound) window.speechSynthesis?.cancel();
  });
  addEventListener("keydown", keys);
  document.addEventListener("visibilitychange", () => { if (state.running && !document.hidden) awake(true); });
  setInterval(tick, 100);
} catch (error) {
  $("name").textContent = error.message;
  $("player").dataset.state = "failed";
}
