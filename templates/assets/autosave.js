// Comfort only: saves an answer by itself, keeps a copy here until it is saved, tries again, tells of a conflict.
// Without it the form is sent by its button. What has been typed survives a lost line, an ended session, a closed window.
"use strict";

const SOON = 800;
const LONGEST_WAIT = 60000;

class Autosave {
  constructor(form, state) {
    this.form = form;
    this.state = state;
    this.kept = `mizan ${form.dataset.owner} ${new URL(form.action).pathname}`;
    this.timer = 0;
    this.wait = 5000;
    this.isSaving = false;
    this.isChanged = false;
    // A colleague saved meanwhile: nothing goes out before somebody has chosen.
    this.isTorn = false;
    this.restore();
    form.addEventListener("input", () => this.changed());
    form.addEventListener("change", () => this.changed());
    form.addEventListener("submit", () => {
      clearTimeout(this.timer);
      this.keep(true);
    });
    window.addEventListener("online", () => this.isChanged && this.save());
    document.addEventListener("click", (event) => {
      if (event.target.closest("[data-theirs]")) this.forget();
      if (!event.target.closest("[data-mine]")) return;
      event.preventDefault();
      this.isTorn = false;
      this.save();
    });
  }

  fields() {
    const fields = Object.fromEntries(new FormData(this.form));
    delete fields.csrf;
    delete fields.key;
    return fields;
  }

  words() {
    const { seen, ...words } = this.fields();
    return JSON.stringify(words);
  }

  keep(isSent) {
    try {
      localStorage.setItem(this.kept, JSON.stringify({ isSent, fields: this.fields() }));
    } catch { /* No room or no right to keep: the form itself still has the words. */ }
  }

  forget() {
    try {
      localStorage.removeItem(this.kept);
    } catch { /* Nothing was kept. */ }
  }

  // Brings back what was typed here and never reached the server.
  restore() {
    let copy = null;
    try {
      copy = JSON.parse(localStorage.getItem(this.kept));
    } catch { /* Nothing that could be read. */ }
    if (!copy) return;
    const seen = this.form.elements.seen.value;
    const { seen: then, ...words } = copy.fields;
    if (JSON.stringify(words) === this.words() || (copy.isSent && then !== seen)) {
      this.forget();
      return;
    }
    for (const [name, value] of Object.entries(copy.fields)) {
      const field = this.form.elements[name];
      if (field) field.value = value;
    }
    this.say(this.form.dataset.restored, "w");
    this.isChanged = true;
    this.timer = setTimeout(() => this.save(), SOON);
  }

  changed() {
    this.isChanged = true;
    this.keep(false);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), SOON);
  }

  say(text, tone = "") {
    this.state.textContent = text;
    this.state.className = `grow ${tone && `msg ${tone} m0`}`;
  }

  async save() {
    clearTimeout(this.timer);
    if (this.isTorn) return;
    if (this.isSaving) {
      this.timer = setTimeout(() => this.save(), SOON);
      return;
    }
    this.isSaving = true;
    this.isChanged = false;
    this.say(this.form.dataset.saving);
    const body = new URLSearchParams(new FormData(this.form));
    body.set("then", "stay");
    body.delete("key");
    try {
      const answer = await fetch(this.form.action, { method: "POST", body });
      await this.read(answer);
    } catch {
      this.failed();
    }
    this.isSaving = false;
  }

  failed() {
    this.isChanged = true;
    this.say(this.form.dataset.failed, "w");
    this.timer = setTimeout(() => this.save(), this.wait);
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
  }

  async read(answer) {
    if (answer.status >= 500 || answer.status === 429 || answer.status === 408) {
      this.failed();
      return;
    }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const form = page.querySelector("#answer-form");
    this.wait = 5000;
    if (form) {
      this.form.elements.seen.value = form.querySelector("[name=seen]").value;
      this.take(page);
      if (answer.ok && !this.isChanged) this.forget();
      const said = page.querySelector(".savebar [role=status]")?.textContent ?? "";
      const problem = page.querySelector("#answer-form .msg.e span:last-child")?.textContent;
      if (answer.ok) this.say(said.trim());
      else if (answer.status === 409) {
        this.isTorn = true;
        this.say(this.form.dataset.conflict, "w");
      }
      else this.say(`${this.form.dataset.unsaved} ${problem ?? ""}`, "w");
    } else if (answer.status === 403 || page.querySelector("form[action='/sign-in']")) {
      this.say(this.form.dataset.ended, "w");
    } else {
      this.say(page.querySelector("main p, main h1")?.textContent ?? this.form.dataset.failed, "w");
    }
  }

  // What the server says beside the fields: problems, a colleague's answer, a question about last quarter.
  take(page) {
    for (const part of ["conflict", "unlike"]) {
      const here = document.getElementById(part);
      const there = page.getElementById(part);
      if (here && there) here.replaceChildren(...there.childNodes);
    }
    for (const field of this.form.querySelectorAll(".field")) {
      const control = field.id || field.querySelector("[name]")?.name;
      const there = page.getElementById(`${control}-problem`);
      document.getElementById(`${control}-problem`)?.remove();
      field.classList.toggle("bad", Boolean(there));
      if (there) (field.querySelector("input, textarea, select").closest(".form-check, input, textarea") ?? field).before(there);
    }
  }
}

// Shortcuts by the place of a key, so that they work on a Persian layout; none of them is a bare letter in a field.
function shortcuts(autosave) {
  const isTyping = (target) => target.matches("input:not([type=radio]):not([type=checkbox]), textarea, select");
  document.addEventListener("keydown", (event) => {
    const go = (name) => document.querySelector(`[data-go=${name}]`)?.click();
    if (event.ctrlKey && event.code === "KeyS") {
      event.preventDefault();
      autosave?.save();
    } else if (event.altKey && event.code === "KeyN") {
      event.preventDefault();
      go("next");
    } else if (event.altKey && event.code === "KeyP") {
      event.preventDefault();
      go("previous");
    } else if (event.shiftKey && event.code === "Slash" && !isTyping(event.target)) {
      const list = document.getElementById("shortcuts");
      if (list) list.open = !list.open;
    }
  });
}

const form = document.querySelector("form[data-autosave]");
const state = document.querySelector(".savebar [role=status]");
shortcuts(form && state ? new Autosave(form, state) : null);
