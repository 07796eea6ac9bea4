// Comfort only: sends a file in pieces and shows how much has come; after a lost line it asks the server how far it was
// and goes on from there. Without it the form sends the file at once.
"use strict";

const PIECE = 256 * 1024;
const LONGEST_PAUSE = 30000;

class Sending {
  constructor(form) {
    this.form = form;
    this.input = form.querySelector("input[type=file]");
    this.box = form.querySelector(".upload");
    this.bar = this.box.querySelector("progress");
    this.text = this.box.querySelector("span");
    this.pause = 1000;
    this.isBusy = false;
    form.addEventListener("submit", (event) => {
      if (!this.input.files.length || this.input.disabled) return;
      event.preventDefault();
      if (!this.isBusy) this.run(this.input.files[0]);
    });
  }

  say(text) {
    this.text.textContent = text;
  }

  show(received, size) {
    const part = size ? Math.floor((received * 100) / size) : 0;
    this.bar.value = part;
    const digits = new Intl.NumberFormat(document.documentElement.lang, { style: "percent" });
    this.say(`${this.form.dataset.sending} ${digits.format(part / 100)}`);
  }

  // Sends once, and again until the server has said something.
  async ask(make) {
    for (;;) {
      try {
        const answer = await make();
        if (answer.status < 500 && answer.status !== 429 && answer.status !== 408) {
          this.pause = 1000;
          return answer;
        }
      } catch { /* The line is gone; it is tried again. */ }
      this.say(this.form.dataset.again);
      await new Promise((next) => setTimeout(next, this.pause));
      this.pause = Math.min(this.pause * 2, LONGEST_PAUSE);
    }
  }

  fields(values) {
    const data = new FormData();
    data.set("csrf", this.form.elements.csrf.value);
    for (const [name, value] of Object.entries(values)) data.set(name, value);
    return data;
  }

  async run(file) {
    this.isBusy = true;
    this.box.hidden = false;
    this.show(0, file.size);
    const mark = `${this.form.dataset.uploads} ${file.name} ${file.size} ${file.lastModified}`.slice(-300);
    const begin = { mark, name: file.name, size: file.size };
    let answer = await this.ask(() =>
      fetch(this.form.dataset.uploads, { method: "POST", body: new URLSearchParams(this.fields(begin)) }));
    while (answer.ok || answer.status === 409) {
      const { id, href, received, size } = await answer.json();
      this.show(received, size);
      if (received >= size) return this.finish(id, file);
      const piece = file.slice(received, received + PIECE);
      const body = this.fields({ offset: received });
      body.set("part", piece, "part");
      answer = await this.ask(async () => {
        try {
          return await fetch(href, { method: "POST", body });
        } catch {
          // Whether the piece came is known to the server alone.
          this.say(this.form.dataset.again);
          await new Promise((next) => setTimeout(next, this.pause));
          return await fetch(href);
        }
      });
    }
    await this.stop(answer);
  }

  async stop(answer) {
    this.isBusy = false;
    const isJson = answer.headers.get("content-type")?.startsWith("application/json");
    if (isJson) {
      this.say((await answer.json()).problem ?? this.form.dataset.again);
      return;
    }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    this.say(page.querySelector("main p, main h1")?.textContent ?? this.form.dataset.stopped);
  }

  async finish(id, file) {
    this.say(this.form.dataset.whole);
    this.put("upload", id);
    if (window.crypto?.subtle) {
      const hash = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
      const bytes = Array.from(new Uint8Array(hash));
      this.put("sha256", bytes.map((byte) => byte.toString(16).padStart(2, "0")).join(""));
    }
    this.input.disabled = true;
    this.form.submit();
  }

  put(name, value) {
    let field = this.form.elements[name];
    if (!field) {
      field = document.createElement("input");
      field.type = "hidden";
      field.name = name;
      this.form.append(field);
    }
    field.value = value;
  }
}

const evidenceForm = document.querySelector("form[data-uploads]");
if (evidenceForm) new Sending(evidenceForm);
