// Comfort only: J and K go on and back, the digits choose a verdict. Never while somebody types.
"use strict";
(() => {
  const persian = document.documentElement.lang === "fa";
  const digit = (place) => (persian ? String.fromCharCode(0x06f0 + place) : String(place));
  const hint = (element, text) => {
    const key = document.createElement("kbd");
    key.textContent = text;
    key.setAttribute("aria-hidden", "true");
    element.append(" ", key);
  };
  const steps = new Map();
  for (const step of document.querySelectorAll("[data-key]")) {
    steps.set(step.dataset.key, step);
    hint(step, step.dataset.key.toUpperCase());
  }
  const choices = [...document.querySelectorAll("#verdict input[type=radio][name=kind]")];
  choices.forEach((choice, place) => {
    const label = document.querySelector(`label[for="${choice.id}"]`);
    if (label) hint(label, digit(place + 1));
  });
  // The keys of J and K, whatever letters the keyboard writes just now.
  const codes = { KeyJ: "j", KeyK: "k" };
  const place = (key) => "123456789".indexOf(key) >= 0 ? Number(key) : "۱۲۳۴۵۶۷۸۹".indexOf(key) + 1;
  document.addEventListener("keydown", (event) => {
    const at = event.target;
    const types = at.matches("textarea, select, [contenteditable], input:not([type=radio]):not([type=checkbox])");
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || types) return;
    const step = steps.get(codes[event.code]);
    const choice = choices[place(event.key) - 1];
    if (step) {
      event.preventDefault();
      step.click();
    } else if (choice) {
      event.preventDefault();
      choice.checked = true;
      choice.focus();
      choice.dispatchEvent(new Event("change", { bubbles: true }));
    }
  });
})();
