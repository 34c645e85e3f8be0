// The clock beside a self-test: a stopwatch, a countdown, a counter or a metronome.
const timer = document.getElementById("timer");
if (timer) {
  const { kind, seconds, beats } = timer.dataset;
  const time = document.getElementById("time");
  const button = document.getElementById("run");
  const label = button.textContent;
  let begun = null;
  let count = 0;
  let clock = null;
  let audio = null;

  const beep = () => {
    audio = audio || new AudioContext();
    const tone = audio.createOscillator();
    tone.connect(audio.destination);
    tone.start();
    tone.stop(audio.currentTime + 0.1);
  };
  const stop = () => {
    clearInterval(clock);
    clock = null;
    button.textContent = label;
  };
  const show = () => {
    const passed = (performance.now() - begun) / 1000;
    if (kind === "countdown") {
      time.textContent = Math.max(Number(seconds) - passed, 0).toFixed(0);
      if (passed >= Number(seconds)) {
        stop();
        beep();
      }
    } else {
      time.textContent = passed.toFixed(1);
    }
  };
  const start = () => {
    begun = performance.now();
    button.textContent = "Stop";
    if (kind === "metronome") {
      clock = setInterval(() => { count += 1; time.textContent = count; beep(); }, 60000 / Number(beats));
    } else {
      clock = setInterval(show, 100);
    }
  };
  button.addEventListener("click", () => {
    if (kind === "counter") {
      count += 1;
      time.textContent = count;
      button.textContent = "One more";
    } else if (clock) {
      stop();
    } else {
      start();
    }
  });
  document.getElementById("reset").addEventListener("click", () => {
    stop();
    count = 0;
    time.textContent = "0";
  });
}
