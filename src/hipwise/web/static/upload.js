// Sends a film with a bar that shows how much of it is there, and takes what is dropped.
const form = document.getElementById("upload");
const input = form.querySelector("input[type=file]");
const chosen = document.getElementById("chosen");
const sending = document.getElementById("sending");
const bar = sending.querySelector("progress");
const sent = document.getElementById("sent");
const button = form.querySelector("button");

const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;

const show = () => {
  const file = input.files[0];
  chosen.textContent = file ? `${file.name}, ${megabytes(file.size)}` : "";
};
input.addEventListener("change", show);
show();

for (const name of ["dragover", "drop"]) {
  form.addEventListener(name, (event) => {
    event.preventDefault();
    if (name === "drop" && event.dataTransfer.files.length) {
      input.files = event.dataTransfer.files;
      show();
    }
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
