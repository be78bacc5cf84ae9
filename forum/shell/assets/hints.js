// What "Look at it first" would say, beside the words while they are written:
// that they seem to hold a phone number, say, and where help is. The site reads
// the draft as it would for the button and keeps nothing of it. Whatever goes
// wrong here goes wrong in silence; nothing stands between a writer and Send.
//
//   <form id="draft">  …  <textarea name="body">  <div data-hints role="status"></div>

const pause = 2000; // milliseconds without a key

for (const region of document.querySelectorAll("form [data-hints]")) {
  const form = region.closest("form");
  let seen = "";
  let timer = 0;
  let asked = new AbortController();

  const look = async () => {
    clearTimeout(timer);
    const { title, body, safety } = form.elements;
    const draft = [title?.value, body.value, safety?.checked].join("\n");
    if (draft === seen || !body.value.trim()) return;
    seen = draft;
    asked.abort();
    asked = new AbortController();
    const fields = new URLSearchParams(new FormData(form));
    for (const name of ["preview", "hints"]) fields.set(name, "1");
    try {
      const answer = await fetch(form.action, { method: "POST", body: fields, signal: asked.signal, redirect: "error", headers: { Accept: "text/html" } });
      if (answer.ok) show(await answer.text());
    } catch {
      seen = "";
    }
  };

  const show = (html) => {
    const wanted = document.querySelector("main > section.help") ? "[data-hint]" : "[data-hint], section.help";
    const found = [...new DOMParser().parseFromString(html, "text/html").querySelectorAll(wanted)];
    for (const inner of found.flatMap((part) => [...part.querySelectorAll("form")])) inner.replaceWith(beside(inner));
    if (region.textContent === found.map((part) => part.textContent).join("")) return; // a screen reader has said it
    steady(() => {
      region.replaceChildren(...found);
      for (const link of region.querySelectorAll("a")) link.target = "_blank";
      if (region.querySelector("section")) form.elements.safety?.closest("details")?.setAttribute("open", "");
    });
  };

  // A button that moves away under the pointer loses its press: what is being
  // aimed at stays where it is, and the page moves around it.
  const steady = (change) => {
    const aim = [...form.querySelectorAll("button:hover, label:hover, summary:hover")].findLast((part) => !region.contains(part));
    const top = aim?.getBoundingClientRect().top;
    change();
    if (aim) scrollBy({ top: aim.getBoundingClientRect().top - top, behavior: "instant" });
  };

  // A form cannot stand within a form: what it leads to opens beside the draft.
  const beside = (inner) => {
    const link = document.createElement("a");
    link.href = inner.getAttribute("action");
    link.className = "button quiet";
    link.textContent = inner.querySelector("button").textContent;
    return link;
  };

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, pause);
  });
}
