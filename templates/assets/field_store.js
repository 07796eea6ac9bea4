// What is only on this phone: sheets of visits, in the browser's own database. Pages and the worker use the same.
"use strict";

const FIELD = "/field/plans";
// Tells other windows of this phone, and hears of them.
const fieldNews = "BroadcastChannel" in self ? new BroadcastChannel("mizan-field") : null;

const Kept = {
  // One question to the database; rejects where the browser keeps nothing.
  ask(store, mode, question) {
    return new Promise((resolve, reject) => {
      const opening = indexedDB.open("mizan-field", 1);
      opening.onupgradeneeded = () => {
        opening.result.createObjectStore("sheets", { keyPath: "id" });
        opening.result.createObjectStore("photos", { keyPath: "key" });
      };
      opening.onerror = () => reject(opening.error);
      opening.onsuccess = () => {
        const base = opening.result;
        const work = base.transaction(store, mode, { durability: "strict" });
        const asked = question(work.objectStore(store));
        // Kept is what the database has written, not what it was asked to write.
        work.oncomplete = () => { base.close(); resolve(asked.result); };
        work.onabort = work.onerror = () => { base.close(); reject(work.error); };
      };
    });
  },
  sheets() { return Kept.ask("sheets", "readonly", (all) => all.getAll()); },
  sheet(id) { return Kept.ask("sheets", "readonly", (all) => all.get(id)); },
  async put(sheet) {
    await Kept.ask("sheets", "readwrite", (all) => all.put(sheet));
    fieldNews?.postMessage({ changed: sheet.id });
  },
  async drop(id) {
    for (const photo of await Kept.photos(id)) {
      await Kept.ask("photos", "readwrite", (all) => all.delete(photo.key));
    }
    await Kept.ask("sheets", "readwrite", (all) => all.delete(id));
    fieldNews?.postMessage({ changed: id });
  },
  async photos(id) {
    const all = await Kept.ask("photos", "readonly", (store) => store.getAll());
    return all.filter((photo) => photo.sheet === id);
  },
  putPhoto(photo) { return Kept.ask("photos", "readwrite", (all) => all.put(photo)); },
  dropPhoto(key) { return Kept.ask("photos", "readwrite", (all) => all.delete(key)); },
  // The sheets the server does not have yet, or whose photographs it does not have.
  async unsent() {
    const all = await Kept.sheets();
    return all.filter((sheet) => ["draft", "locked", "photos"].includes(sheet.state));
  },
};
