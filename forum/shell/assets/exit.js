// Leaving quickly, with comfort: the page is covered at once, the tab's title
// goes, this entry of the history is replaced, and a draft that was kept on
// this device is removed. Other pages of this site that are open, such as help
// beside a draft, go too. Esc three times does the same as the button, and so
// does Shift; Tor Browser tells a page of no press of Shift. Without script the
// button is a plain link, no key does anything, and no draft is kept.

const within = 1500; // milliseconds for three presses
const ways = ["Escape", "Shift"];
let last = "";
let presses = [];

let others;
try {
  others = new BroadcastChannel("leave");
  others.addEventListener("message", go);
} catch {
  // A browser that refuses all cookies refuses this too; the rest still works.
}

function leave() {
  others?.postMessage("now");
  go();
}

function go() {
  const cover = document.createElement("div");
  cover.className = "cover";
  document.documentElement.replaceChildren(cover);
  document.title = "";
  try {
    localStorage.clear();
  } finally {
    location.replace("/exit"); // also where a browser has no storage
  }
}

document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-exit]")) {
    event.preventDefault();
    leave();
  }
});

document.addEventListener("keyup", (event) => {
  if (event.key !== last) presses = [];
  last = event.key;
  if (!ways.includes(last)) return;
  const now = event.timeStamp;
  presses = [...presses.filter((then) => now - then < within), now];
  if (presses.length === 3) leave();
});

// The page speaks of the keys only where they work.
for (const words of document.querySelectorAll("[data-keys]")) words.hidden = false;
