// Sends a film with a bar that shows how much of it is there, and takes what is dropped.
const form = document.getElementById("upload");
const inputs = [...form.querySelectorAll("input[type=file]")];
const sending = document.getElementById("sending");
const bar = sending.querySelector("progress");
const sent = document.getElementById("sent");
const button = form.querySelector("button");

const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;

const show = (input) => {
  const file = input.files[0];
  const chosen = input.closest("label").querySelector(".chosen");
  chosen.textContent = file ? `${file.name}, ${megabytes(file.size)}` : "";
};
const take = (input, file) => {
  const only = new DataTransfer();
  only.items.add(file);
  input.files = only.files;
  show(input);
};
for (const input of inputs) {
  input.addEventListener("change", () => show(input));
  show(input);
}

for (const name of ["dragover", "drop"]) {
  form.addEventListener(name, (event) => {
    event.preventDefault();
    if (name !== "drop") return;
    const over = event.target.closest?.("label.drop")?.querySelector("input");
    const empty = [over ?? inputs[0], ...inputs.filter((input) => input !== over)];
    [...event.dataTransfer.files].slice(0, inputs.length).forEach((file, place) => take(empty[place], file));
  });
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const request = new XMLHttpRequest();
  const failed = (sentence) => {
    sent.textContent = sentence;
    button.disabled = false;
  };
  request.open("POST", form.action);
  request.upload.addEventListener("progress", (told) => {
    bar.max = told.total;
    bar.value = told.loaded;
    sent.textContent =
      told.loaded < told.total
        ? `${megabytes(told.loaded)} of ${megabytes(told.total)} are sent`
        : "Sent. It is looked at …";
  });
  request.addEventListener("load", () => {
    if (request.status < 400) {
      location.assign(request.responseURL);
      return;
    }
    const page = new DOMParser().parseFromString(request.responseText, "text/html");
    const said = page.querySelector("[role=alert]")?.textContent;
    failed(said || JSON.parse(request.responseText).error);
  });
  request.addEventListener("error", () => {
    failed("The film could not be sent: it is too large, or hipwise was stopped.");
  });
  sending.hidden = false;
  button.disabled = true;
  request.send(new FormData(form));
});
