// Shows how far long work is, and loads the page anew when it is over.
const job = document.getElementById("job");
const bar = document.getElementById("bar");
const stage = document.getElementById("stage");

async function look() {
  try {
    const told = await (await fetch(job.dataset.progress)).json();
    if (told.ended) {
      location.reload();
      return;
    }
    if (stage.textContent !== told.stage) stage.textContent = told.stage;
    bar.max = told.total || 1;
    bar.value = told.total ? told.done : 0;
  } catch {
    stage.textContent = "hipwise does not answer: it may have been stopped.";
  }
  setTimeout(look, 700);
}
setTimeout(look, 700);
