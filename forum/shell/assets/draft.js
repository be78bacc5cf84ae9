// A draft stays in this browser only if the writer ticks the box. It goes when
// the box is unticked, when it has arrived, and when they leave quickly, which
// is exit.js. A look at it, or a way that breaks off, leaves it where it is.
//
//   <form data-draft="new">  …  <label hidden><input type="checkbox" data-draft-keep> Keep a draft on this device</label>

let device = null;
try {
  device = localStorage; // null, or an error, where a browser keeps nothing: then the box stays away
} catch {}

const forms = document.querySelectorAll("form[data-draft]");

for (const form of forms) {
  const keep = form.querySelector("[data-draft-keep]");
  if (!keep || !device) continue;
  const key = "draft:" + form.dataset.draft;
  const fields = [...form.querySelectorAll("textarea[name], input[type=text][name]")];

  const store = (more) => {
    if (!keep.checked) return device.removeItem(key);
    device.setItem(key, JSON.stringify({ ...Object.fromEntries(fields.map((f) => [f.name, f.value])), ...more }));
  };

  keep.closest("label").hidden = false;
  try {
    const kept = JSON.parse(device.getItem(key) ?? "null");
    if (kept) {
      keep.checked = true;
      for (const f of fields) if (!f.value && kept[f.name]) f.value = kept[f.name];
      store();
    }
  } catch {
    device.removeItem(key);
  }
  form.addEventListener("input", () => store());
  form.addEventListener("change", () => store());
  form.addEventListener("submit", () => store({ "sent from": location.href.split("#")[0] }));
}

// A page without the form that follows one with it says that the words arrived.
if (device && !forms.length) {
  for (const [key, kept] of Object.entries(device)) {
    if (JSON.parse(kept)["sent from"] === document.referrer) device.removeItem(key);
  }
}
