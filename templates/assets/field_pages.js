// The pages an auditor takes along: asks the worker to keep them, sends what waits, lists what is only here, and gives
// it out as a file where no line comes back.
"use strict";

const queue = document.getElementById("field-queue");

async function trySend() {
  const fault = await Send.all().catch(() => "line");
  await fieldSay(fault);
  if (fault === "line") {
    const worker = await navigator.serviceWorker?.getRegistration("/field/");
    await worker?.sync?.register("mizan-field").catch(() => { /* Not every browser wakes the worker. */ });
  }
}

async function hex(blob) {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// The last resort: the sheet with its photographs as one file, to be brought by any way.
async function saveAsFile(id) {
  const sheet = await Kept.sheet(id);
  const photos = [];
  for (const photo of await Kept.photos(id)) {
    photos.push({ sha256: photo.sha256, bytes: await hex(photo.blob) });
  }
  const { plan, version, fields, agency } = sheet;
  const file = { kind: "mizan-visit-sheet", id, plan, version, agency, fields, photos };
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([JSON.stringify(file)], { type: "application/json" }));
  link.download = `visit-${id}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

function button(text, deed) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn btn-2 btn-sm";
  made.textContent = text;
  made.addEventListener("click", deed);
  return made;
}

// Every sheet of this phone, with what is the matter with it and what can be done.
async function listQueue() {
  const all = await Kept.sheets().catch(() => []);
  const { dataset } = queue;
  // A list that says the same stays as it is: nobody's finger misses its button.
  const now = JSON.stringify(all.map(({ id, state, said, clock, fault }) => [id, state, said, clock, fault]));
  if (dataset.shown === now) return;
  dataset.shown = now;
  const lines = all.map((sheet) => {
    const line = document.createElement("li");
    const name = document.createElement("a");
    name.className = "t";
    name.href = `${FIELD}/${sheet.plan}`;
    name.textContent = sheet.agency;
    const words = document.createElement("p");
    words.className = "small m0";
    const refused = sheet.fault ? dataset.refused : "";
    words.textContent = [sheet.state === "sent" ? sheet.said : dataset[sheet.state], sheet.clock, refused]
      .filter(Boolean).join(" ");
    const acts = document.createElement("p");
    acts.className = "d-flex gap-2 m0 mt-2";
    // A second press, on other words, deletes what arrived nowhere.
    const discard = button(dataset.discard, () => {
      if (discard.textContent === dataset.sure) Kept.drop(sheet.id).then(() => fieldSay());
      else discard.textContent = dataset.sure;
    });
    if (sheet.state === "sent") acts.append(button(dataset.putAway, () => Kept.drop(sheet.id).then(() => fieldSay())));
    else acts.append(button(dataset.file, () => saveAsFile(sheet.id)), discard);
    const part = document.createElement("div");
    part.append(name, words, acts);
    line.append(part);
    return line;
  });
  queue.querySelector("ul").replaceChildren(...lines);
  queue.hidden = lines.length === 0;
  queue.querySelector("[data-send]").hidden = !all.some((sheet) => ["locked", "photos"].includes(sheet.state));
}

if (queue) {
  document.addEventListener("field-said", listQueue);
  queue.querySelector("[data-send]").addEventListener("click", trySend);
}

const ready = document.getElementById("field-ready");
fieldNews?.addEventListener("message", (event) => {
  if (!ready || event.data.ready === undefined) return;
  ready.textContent = ready.dataset.ready.replace("%n", fieldNumber(event.data.ready - 1));
  ready.hidden = event.data.ready < 2;
});

// The registration is asked for when the page has come, so that it takes nothing from the form.
window.addEventListener("load", async () => {
  try {
    await navigator.serviceWorker.register("/field/worker.js", { scope: "/field/" });
    const worker = await navigator.serviceWorker.ready;
    const links = [...document.querySelectorAll("a[data-keep]")].map((link) => link.getAttribute("href"));
    if (links.length) worker.active.postMessage({ keep: [FIELD, ...links] });
  } catch { /* No worker, no pages without a line; the sheet itself is kept all the same. */ }
  await trySend();
});
window.addEventListener("online", trySend);
setInterval(trySend, 60000);
