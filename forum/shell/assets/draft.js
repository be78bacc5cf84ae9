// A draft stays in this browser only if the writer ticks the box, and goes
// when the box is unticked or the form is sent.
//
//   <form data-draft="new">  …  <label hidden><input type="checkbox" data-draft-keep> Keep a draft on this device</label>

for (const form of document.querySelectorAll("form[data-draft]")) {
  const keep = form.querySelector("[data-draft-keep]");
  if (!keep) continue;
  const key = "draft:" + form.dataset.draft;
  const fields = [...form.querySelectorAll("textarea[name], input[type=text][name]")];

  const store = () => {
    if (!keep.checked) return localStorage.removeItem(key);
    localStorage.setItem(key, JSON.stringify(Object.fromEntries(fields.map((f) => [f.name, f.value]))));
  };

  keep.closest("label").hidden = false;
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? "null");
    if (kept) {
      keep.checked = true;
      for (const f of fields) if (!f.value && kept[f.name]) f.value = kept[f.name];
    }
  } catch {
    localStorage.removeItem(key);
  }
  form.addEventListener("input", store);
  form.addEventListener("change", store);
  form.addEventListener("submit", () => localStorage.removeItem(key));
}
