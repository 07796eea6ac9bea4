// The sheet of a visit: keeps every word on the phone as it is typed, writes the time of each look, warns of a second
// look too soon, locks at the end and sends. Without it the form is filled in and sent by its button.
"use strict";

const TEN_MINUTES = 600000;

class SheetForm {
  constructor(form) {
    this.form = form;
    this.body = form.querySelector("fieldset");
    this.said = document.querySelector(".savebar [role=status]");
    this.sheet = null;
    this.writing = Promise.resolve();
  }

  word(name) { return this.form.dataset[name]; }
  field(name) { return this.form.elements[name]; }
  value(name) { return this.field(name)?.value ?? ""; }

  fields() {
    const fields = Object.fromEntries(new FormData(this.form));
    for (const name of ["csrf", "id", "version"]) delete fields[name];
    for (const name of Object.keys(fields)) if (fields[name] === "" || fields[name] instanceof File) delete fields[name];
    return fields;
  }

  async start() {
    const { owner, plan } = this.form.dataset;
    const all = await Kept.sheets();
    this.sheet = all.find((one) => one.owner === owner && one.plan === plan) ?? null;
    this.form.classList.add("has-clock");
    for (const name of ["first_time", "second_time"]) this.field(name).readOnly = true;
    // What was begun before a colleague's sheet arrived is shown beside it, never lost.
    if (this.form.hidden && this.sheet) {
      this.form.hidden = false;
      document.getElementById("sheet-bar").hidden = false;
    }
    this.form.addEventListener("input", () => this.changed());
    this.form.addEventListener("change", (event) => this.chosen(event.target.name));
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.finish();
    });
    fieldNews?.addEventListener("message", (event) => this.heard(event.data));
    for (const button of this.form.querySelectorAll("[data-step]")) {
      button.addEventListener("click", () => this.step(Number(button.dataset.step)));
    }
    this.photos = new SheetPhotos(this);
    setInterval(() => this.look(), 5000);
    if (this.sheet) this.show();
    this.look();
  }

  // What another window of this phone wrote is shown here too.
  async heard(news) {
    if (!news.changed) return;
    const all = await Kept.sheets();
    const { owner, plan } = this.form.dataset;
    const now = all.find((one) => one.owner === owner && one.plan === plan) ?? null;
    const isNewer = now && (now.changedAt !== this.sheet?.changedAt || now.state !== this.sheet?.state);
    if (!isNewer) return;
    this.sheet = now;
    this.show();
  }

  show() {
    const { fields, state } = this.sheet;
    for (const control of this.form.elements) {
      if (!control.name || ["csrf", "id", "version"].includes(control.name) || control.type === "file") continue;
      if (["radio", "checkbox"].includes(control.type)) control.checked = fields[control.name] === control.value;
      else control.value = fields[control.name] ?? "";
    }
    const isLocked = state !== "draft";
    this.body.disabled = isLocked;
    document.querySelector(".savebar button").hidden = isLocked;
    this.say();
    this.look();
    this.photos.show();
  }

  say() {
    const { state, changedAt, said, clock } = this.sheet ?? {};
    if (!state) return;
    const words = state === "sent" ? [said, clock].filter(Boolean).join(" ") : this.word(state);
    this.said.textContent = state === "draft" ? this.word("saved").replace("%s", fieldClock(changedAt)) : words;
  }

  chosen(name) {
    const now = new Date().toISOString();
    for (const look of ["first", "second"]) {
      if (name !== `${look}_answered`) continue;
      this.field(`${look}_at`).value = now;
      this.field(`${look}_time`).value = fieldClock(now);
    }
    this.changed();
  }

  step(by) {
    const field = this.field("waiting");
    const digits = field.value.replace(/[۰-۹]/g, (digit) => "۰۱۲۳۴۵۶۷۸۹".indexOf(digit));
    field.value = fieldNumber(Math.max(0, (Number.parseInt(digits, 10) || 0) + by));
    this.changed();
  }

  changed() {
    if (this.sheet && this.sheet.state !== "draft") return;
    const { owner, plan, agency } = this.form.dataset;
    // The id and the version of the form are those with which the sheet was begun.
    this.sheet ??= { id: this.value("id"), version: this.value("version"), owner, plan, agency, state: "draft" };
    this.sheet.fields = this.fields();
    this.sheet.changedAt = Date.now();
    this.keep();
    this.look();
  }

  // Writes the newest; what is typed meanwhile is written next, all at once. Only what is written is called saved.
  keep() {
    this.isChanged = true;
    this.said.textContent = this.word("saving");
    this.writing = this.writing.then(async () => {
      if (!this.isChanged) return;
      this.isChanged = false;
      try {
        await Kept.put(structuredClone(this.sheet));
        if (!this.isChanged) this.say();
        await fieldSay();
      } catch {
        this.said.textContent = this.word("full");
      }
    });
    return this.writing;
  }

  // What the looks so far ask for: another in ten minutes, or now; equipment without anybody.
  look() {
    const first = this.value("first_at");
    const isEmpty = this.value("first_answered") === "no";
    const due = new Date(first).getTime() + TEN_MINUTES;
    const again = document.getElementById("look-again");
    const isSeen = this.value("second_answered") !== "";
    again.hidden = !isEmpty || isSeen || !first;
    if (!again.hidden) {
      const words = Date.now() < due ? this.word("wait").replace("%s", fieldClock(due)) : this.word("now");
      const line = again.querySelector("p");
      if (line.textContent !== words) line.textContent = words;
    }
    document.getElementById("look-early").hidden = !this.isEarly();
    const count = this.form.querySelectorAll("[name^=has_]:checked").length;
    document.getElementById("look-equipped").hidden = !(isEmpty && count >= 3);
  }

  isEarly() {
    const [first, second] = [this.value("first_at"), this.value("second_at")];
    return Boolean(first && second) && new Date(second) - new Date(first) < TEN_MINUTES;
  }

  // What is still missing, each with the field it belongs to.
  missing() {
    const missing = [];
    const isObstructed = this.field("is_obstructed").checked;
    const ask = (name, word) => missing.push([name, this.word(word)]);
    if (!isObstructed) {
      if (!this.value("first_answered")) ask("first_answered", "needFirst");
      else if (this.value("first_answered") === "no" && !this.value("second_answered")) ask("second_answered", "needSecond");
      else if (this.isEarly()) ask("second_answered", "needTen");
      if (!this.value("host")) ask("host", "needHost");
    }
    if (["agrees", "objects"].includes(this.value("host")) && !this.value("host_name").trim()) ask("host_name", "needName");
    if (this.value("host") === "objects" && !this.value("host_remarks").trim()) ask("host_remarks", "needRemarks");
    const isSpecial = isObstructed || this.value("excuse") || this.field("is_desk_missing").checked;
    if (isSpecial && !this.value("minutes").trim()) ask("minutes", "needMinutes");
    if (!this.field("is_confirmed").checked) ask("is_confirmed", "needConfirm");
    return missing;
  }

  async finish() {
    const missing = this.missing();
    const summary = document.getElementById("sheet-missing");
    summary.hidden = missing.length === 0;
    summary.querySelector("ul").replaceChildren(...missing.map(([name, words]) => {
      const line = document.createElement("li");
      const link = document.createElement("a");
      link.href = `#${name}`;
      link.textContent = words;
      line.append(link);
      return line;
    }));
    if (missing.length) {
      summary.focus();
      return;
    }
    this.field("finished_at").value = new Date().toISOString();
    this.changed();
    this.sheet.state = "locked";
    await this.keep();
    this.show();
    await trySend();
  }
}

const sheetForm = document.querySelector("form[data-plan]");
if (sheetForm && "indexedDB" in self) {
  const sheet = new SheetForm(sheetForm);
  sheet.start().catch(() => { /* A browser that keeps nothing sends the form by its button. */ });
}
