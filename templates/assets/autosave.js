// Comfort only: saves the answer of a form by itself a moment after a change. Without it the form is sent by its button.
"use strict";
const form = document.querySelector("form[data-autosave]");
const state = document.querySelector(".savebar [role=status]");
if (form && state && form.querySelector("[name=choice]")) {
  const kept = "mizan " + form.action;
  let waiting = 0;
  const body = () => { const data = new URLSearchParams(new FormData(form)); data.set("then", "stay"); data.delete("key"); return data; };
  const save = async () => {
    state.textContent = form.dataset.saving;
    try {
      const answer = await fetch(form.action, { method: "POST", body: body(), redirect: "follow" });
      if (!answer.ok) { state.textContent = ""; return; }
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const seen = page.querySelector("#answer-form [name=seen]");
      if (seen) form.querySelector("[name=seen]").value = seen.value;
      localStorage.removeItem(kept);
      state.textContent = form.dataset.saved;
    } catch {
      localStorage.setItem(kept, body().toString());
      state.textContent = form.dataset.failed;
      waiting = setTimeout(save, 10000);
    }
  };
  form.addEventListener("change", () => { clearTimeout(waiting); waiting = setTimeout(save, 800); });
  form.addEventListener("submit", () => clearTimeout(waiting));
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey && event.code === "KeyS") { event.preventDefault(); form.requestSubmit(); }
  });
}
