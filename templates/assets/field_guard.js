// On every page of an auditor: says in words what is still only on this phone, and lets nobody sign out before it is sent.
"use strict";

const fieldState = document.getElementById("field-state");

// A number in the digits of the page.
function fieldNumber(number) {
  return new Intl.NumberFormat(document.documentElement.lang === "fa" ? "fa-IR" : "en-GB").format(number);
}

// A moment by the province's clock.
function fieldClock(moment) {
  const at = new Date(new Date(moment).getTime() + Number(fieldState.dataset.offset) * 60000);
  const two = (part) => String(part).padStart(2, "0");
  const clock = `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`;
  if (document.documentElement.lang !== "fa") return clock;
  return clock.replace(/\d/g, (digit) => "۰۱۲۳۴۵۶۷۸۹"[digit]);
}

// Says what is only here. `fault` is what stood in the way of sending, in a word.
async function fieldSay(fault = "") {
  let unsent = [];
  try {
    unsent = await Kept.unsent();
  } catch { /* A browser that keeps nothing has nothing to say. */ }
  const count = (state) => unsent.filter((sheet) => sheet.state === state).length;
  const { dataset } = fieldState;
  const line = (key, number) => number ? dataset[key].replace("%n", fieldNumber(number)) : "";
  const said = [
    fault ? dataset[fault] : navigator.onLine ? "" : dataset.line,
    line("drafts", count("draft")),
    line("locked", count("locked")),
    line("photos", count("photos")),
  ].filter(Boolean);
  const words = fieldState.querySelector("p");
  if (words.textContent !== said.join(" ")) words.textContent = said.join(" ");
  fieldState.hidden = said.length === 0;
  document.dispatchEvent(new CustomEvent("field-said", { detail: unsent }));
}

document.querySelector("form[action='/sign-out']")?.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.isClear) return;
  event.preventDefault();
  (async () => {
    const unsent = await Kept.unsent().catch(() => []);
    if (unsent.length) {
      document.getElementById("field-stay").hidden = false;
      document.getElementById("field-stay").focus();
      return;
    }
    // Whoever comes next on this phone finds no page of the one who went. What cannot be cleared away keeps nobody here.
    try {
      const names = "caches" in self ? await caches.keys() : [];
      for (const name of names) if (name.startsWith("mizan-field-")) await caches.delete(name);
      for (const sheet of await Kept.sheets()) await Kept.drop(sheet.id);
    } catch { /* A browser that keeps nothing has nothing to clear away. */ }
    form.dataset.isClear = "yes";
    form.requestSubmit();
  })();
});

fieldNews?.addEventListener("message", () => fieldSay());
window.addEventListener("online", () => fieldSay());
window.addEventListener("offline", () => fieldSay());
fieldSay();
