// Sessions of the plan can be dragged to another day of their week, or moved by Shift and an arrow.
const form = document.getElementById("move");
const told = document.getElementById("moving");
const week = (day) => day.closest(".days");

function move(from, to) {
  if (!from || !to || from === to || !form) return;
  const option = [...form.elements.of.options].find((one) => one.value === from.dataset.day);
  if (!option) return;
  form.elements.of.value = from.dataset.day;
  form.elements.to.value = to.dataset.day;
  told.textContent = "Planning anew …";
  to.classList.add("target");
  form.requestSubmit();
}

let dragged = null;
for (const link of document.querySelectorAll("[data-day] a")) {
  const day = link.closest("[data-day]");
  link.draggable = true;
  link.addEventListener("dragstart", (event) => {
    dragged = day;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", day.dataset.day);
  });
  link.addEventListener("dragend", () => {
    dragged = null;
    for (const marked of document.querySelectorAll(".target")) marked.classList.remove("target");
  });
  link.addEventListener("keydown", (event) => {
    const way = { ArrowLeft: "previousElementSibling", ArrowRight: "nextElementSibling" }[event.key];
    if (!way || !event.shiftKey) return;
    event.preventDefault();
    move(day, day[way]);
  });
}
for (const day of document.querySelectorAll("[data-day]")) {
  day.addEventListener("dragover", (event) => {
    if (!dragged || week(dragged) !== week(day)) return;
    event.preventDefault();
    day.classList.add("target");
  });
  day.addEventListener("dragleave", () => day.classList.remove("target"));
  day.addEventListener("drop", (event) => {
    event.preventDefault();
    move(dragged, day);
  });
}
