// Comfort for the desk. Everything here has a way without script: keys press
// what stands on the page, renewing is what a reload does, and news of the
// queue is what a reload shows.

const page = document;

// Keys. An element says its key: <button data-key="a">. A <details> opens and
// its first field gets the focus; anything else is pressed.
const press = (key) => {
  const target = page.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (!target) return false;
  if (target.tagName !== "DETAILS") {
    target.click();
    return true;
  }
  target.open = !target.open;
  target.scrollIntoView({ block: "nearest" });
  (target.open && target.querySelector("select, textarea, input:not([type=hidden])") || target.querySelector("summary")).focus();
  return true;
};

// j and k walk through the parts of a page that has no next one.
const walk = (step) => {
  const parts = [...page.querySelectorAll("main h1, main h2")];
  const at = parts.findIndex((part) => part.getBoundingClientRect().top > 90);
  const here = step > 0 ? at : (at < 0 ? parts.length : at) - 2;
  parts[Math.max(0, Math.min(parts.length - 1, here))]?.scrollIntoView({ block: "start" });
};

page.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = event.target.closest?.("input, textarea, select");
  if (event.key === "Escape" && typing) return typing.blur();
  if (typing || !"jkoardepust?".includes(event.key)) return;
  if (event.key === "a" && page.querySelector("details.veil:not([open])")) return press("o");
  const why = event.key === "a" && page.querySelector('form:has([data-key="a"]) [name=alone_reason]');
  if (why && !why.value) return event.preventDefault(), why.focus(); // whoever decides alone says why
  if (press(event.key)) return event.preventDefault();
  if (event.key === "j" || event.key === "k") walk(event.key === "j" ? 1 : -1);
});

page.querySelector('[data-key="?"]')?.removeAttribute("hidden");

// Drafts. Choosing a guideline puts its draft into the line, unless somebody
// has written there.
for (const select of page.querySelectorAll("select[data-drafts]")) {
  const line = page.getElementById(select.dataset.into);
  let draft = "";
  select.addEventListener("change", () => {
    if (line.value !== draft) return;
    draft = select.selectedOptions[0].dataset[select.dataset.drafts] ?? "";
    line.value = draft;
  });
}

// The claim. While somebody uses the page it is renewed every few minutes, and
// given back when they leave by a link. A key held down opens the link beside
// the page, where somebody reads on.
const claim = page.getElementById("claim");
if (claim) {
  const url = `/desk/items/${claim.dataset.item}/`;
  const body = JSON.stringify({ token: claim.dataset.token });
  let used = true;
  for (const sign of ["keydown", "pointerdown", "scroll"]) addEventListener(sign, () => { used = true; }, { passive: true });
  setInterval(async () => {
    if (!used || page.visibilityState !== "visible") return;
    used = false;
    const answer = await fetch(url + "renew", { method: "POST", body, headers: { "Content-Type": "application/json", Accept: "application/json" } }).catch(() => null);
    if (answer?.status === 409) claim.textContent = (await answer.json()).tell;
  }, 120_000);
  page.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const link = event.target.closest?.("a[href]");
    if (link && !link.getAttribute("href").startsWith("#")) navigator.sendBeacon(url + "release", new Blob([body], { type: "application/json" }));
  });
}

// News of the queue. What the desk says may be two seconds old, so that is how
// long it waits before it looks again. It says that nobody pressed anything, so
// that a page left open does not keep its session alive.
const live = page.querySelector("[data-live]");
if (live) {
  let soon = 0;
  const look = async () => {
    const answer = await fetch(location.pathname, { headers: { Accept: "text/html", "X-Glance": "1" } }).catch(() => null);
    if (!answer?.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(live.id);
    if (fresh) live.replaceChildren(...fresh.childNodes);
  };
  new EventSource(live.dataset.live).addEventListener("queue", () => {
    clearTimeout(soon);
    soon = setTimeout(look, 2500);
  });
}
