// Moves the film and the curves together: whichever is moved, the other follows.
const film = document.getElementById("film");
const strip = document.getElementById("strip");
const cells = [...document.querySelectorAll("[data-curve]")];
const { px_per_s: pxPerS, time_s: times, curves } = JSON.parse(
  document.getElementById("curves").textContent,
);
const STEP_S = 0.05;
let held = false;

function nearest(time) {
  let low = 0;
  let high = times.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle] < time) low = middle + 1;
    else high = middle;
  }
  return low > 0 && time - times[low - 1] < times[low] - time ? low - 1 : low;
}

function tell(time) {
  const place = nearest(time);
  curves.forEach((curve, index) => {
    const value = curve.values[place];
    cells[index].textContent = value === null ? "–" : `${curve.side === "middle" ? "" : curve.side + " "}${Math.round(value)}°`;
  });
}

function follow() {
  if (!held) strip.scrollLeft = film.currentTime * pxPerS;
  tell(film.currentTime);
  if (!film.paused) requestAnimationFrame(follow);
}

for (const name of ["play", "seeked", "loadedmetadata"]) film.addEventListener(name, follow);

const take = () => {
  held = true;
  film.pause();
};
const release = () => {
  held = false;
};
for (const name of ["pointerdown", "wheel", "touchstart"]) {
  strip.addEventListener(name, take, { passive: true });
}
for (const name of ["pointerup", "pointercancel", "touchend", "pointerleave"]) {
  strip.addEventListener(name, () => setTimeout(release, 400));
}
strip.addEventListener("scroll", () => {
  if (film.paused && Math.abs(strip.scrollLeft - film.currentTime * pxPerS) > 1) {
    film.currentTime = strip.scrollLeft / pxPerS;
    tell(film.currentTime);
  }
});
// A mouse drags what a finger scrolls.
let grip = null;
strip.addEventListener("pointerdown", (event) => {
  if (event.pointerType !== "mouse") return;
  grip = event.clientX + strip.scrollLeft;
  strip.setPointerCapture(event.pointerId);
});
strip.addEventListener("pointermove", (event) => {
  if (grip !== null) strip.scrollLeft = grip - event.clientX;
});
strip.addEventListener("pointerup", () => {
  grip = null;
});
strip.addEventListener("keydown", (event) => {
  const step = { ArrowLeft: -STEP_S, ArrowRight: STEP_S }[event.key];
  if (step === undefined) return;
  event.preventDefault();
  film.pause();
  film.currentTime = Math.min(Math.max(film.currentTime + step, 0), film.duration || 0);
});

// The report is as high as what stands in it.
const report = document.getElementById("report");
const fit = () => {
  report.style.height = `${report.contentDocument.documentElement.scrollHeight + 4}px`;
};
report.addEventListener("load", fit);
addEventListener("resize", fit);
if (report.contentDocument?.readyState === "complete") fit();
tell(0);
