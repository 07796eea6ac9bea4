// Follows the reader's choice of a light or a dark screen; paper is always light.
const dark = window.matchMedia("(prefers-color-scheme: dark)");
const show = (theme) => document.documentElement.setAttribute("data-bs-theme", theme);
const follow = () => show(dark.matches ? "dark" : "light");
follow();
dark.addEventListener("change", follow);
window.addEventListener("beforeprint", () => show("light"));
window.addEventListener("afterprint", follow);
