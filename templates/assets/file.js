// The browser's own button speaks the browser's language; this one speaks the page's. Without it the browser's stays.
document.querySelectorAll("input[type=file][data-choose]").forEach((input) => {
  const button = document.createElement("label");
  button.className = "btn btn-2";
  button.htmlFor = input.id;
  button.textContent = input.dataset.choose;
  const said = document.createElement("bdi");
  said.className = "small mute ms-2";
  said.textContent = input.dataset.none;
  input.classList.add("visually-hidden");
  input.after(button, said);
  input.addEventListener("change", () => {
    said.textContent = input.files[0]?.name ?? input.dataset.none;
  });
});
