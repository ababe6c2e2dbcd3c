/* Opening a complaint: sends it with Ctrl or Cmd and Enter, and unfolds what the keyboard reaches. */
"use strict";

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  const form = event.target.closest("form.opening");
  if (form) form.requestSubmit();
});
