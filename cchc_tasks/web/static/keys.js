// Keys for what the page offers anyway: data-key names the key of a link, a button, a choice or a field.
// Without this file everything still works by mouse, touch and Tab.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.closest("input:not([type=radio]), textarea, select")) return;
  const there = [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key === event.key.toLowerCase());
  if (!there || there.disabled) return;
  event.preventDefault();
  there.focus();
  if (!there.matches("input[type=search]")) there.click();
});
