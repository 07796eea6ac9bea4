// Sends locked sheets, one after the other and each until the server has said what became of it. The id makes it one
// sheet however often it goes out. Pages and the worker use the same; two of them never send at once.
"use strict";

const Send = {
  // Whose session it is, and the token of its forms.
  async token() {
    const answer = await fetch(FIELD, { cache: "no-store" });
    if (!answer.ok) return { fault: answer.status >= 500 || answer.status === 429 ? "line" : "ended" };
    const page = await answer.text();
    const owner = /data-owner="([^"]+)"/.exec(page)?.[1];
    const csrf = /name="csrf" value="([^"]+)"/.exec(page)?.[1];
    return owner && csrf ? { owner, csrf } : { fault: "ended" };
  },

  // Sends all there is. Says in a word what stood in the way: nothing, `line`, `ended`, `other`.
  async all() {
    const work = () => Send.each();
    return "locks" in navigator ? navigator.locks.request("mizan-field", work) : work();
  },

  async each() {
    const waiting = (await Kept.sheets()).filter((sheet) => ["locked", "photos"].includes(sheet.state));
    if (!waiting.length) return "";
    try {
      const who = await Send.token();
      if (who.fault) return who.fault;
      let fault = "";
      for (const { id } of waiting) {
        const sheet = await Kept.sheet(id);
        if (!sheet) continue;
        if (sheet.owner !== who.owner) fault = "other";
        else if (!(await Send.one(sheet, who.csrf))) return "line";
      }
      return fault;
    } catch {
      return "line";
    }
  },

  // One sheet. False where nothing was learnt of it, so that it goes out again.
  async one(sheet, csrf) {
    // Sent again it costs little, and the answer says which photographs have arrived.
    if (!(await Send.words(sheet, csrf))) return false;
    if (sheet.state !== "photos") return true;
    for (const photo of await Kept.photos(sheet.id)) {
      if (sheet.arrived.includes(photo.sha256)) await Kept.dropPhoto(photo.key);
      else if (!(await Send.photo(sheet, photo, csrf))) return false;
    }
    sheet.state = "sent";
    await Kept.put(sheet);
    return true;
  },

  // One photograph, whole, under its hash.
  async photo(sheet, photo, csrf) {
    const body = new FormData();
    for (const [name, value] of Object.entries({ csrf, sheet: sheet.id, sha256: photo.sha256, answer: "json" })) {
      body.set(name, value);
    }
    body.set("photo", photo.blob, `${photo.sha256}.jpg`);
    const answer = await fetch(`${FIELD}/${sheet.plan}/photos`, { method: "POST", body });
    if (answer.ok) await Kept.dropPhoto(photo.key);
    else if (answer.status !== 409 && answer.status !== 422) return false;
    else await Kept.putPhoto({ ...photo, fault: answer.status });
    return true;
  },

  async words(sheet, csrf) {
    const body = new URLSearchParams(sheet.fields);
    body.set("csrf", csrf);
    body.set("id", sheet.id);
    body.set("version", sheet.version);
    body.set("phone_clock", new Date().toISOString());
    body.set("answer", "json");
    const answer = await fetch(`${FIELD}/${sheet.plan}`, { method: "POST", body });
    if (answer.status >= 500 || answer.status === 429 || answer.status === 408) return false;
    const is = (answer.headers.get("content-type") ?? "").startsWith("application/json");
    if (answer.ok && is) {
      const said = await answer.json();
      Object.assign(sheet, { outcome: said.outcome, said: said.said, clock: said.clock, arrived: said.arrived });
      const waiting = (await Kept.photos(sheet.id)).filter((photo) => !photo.fault);
      sheet.state = waiting.length ? "photos" : "sent";
      delete sheet.fault;
    } else {
      // Refused outright: it stays here, to be read and kept as a file.
      sheet.fault = answer.status;
    }
    await Kept.put(sheet);
    return true;
  },
};
