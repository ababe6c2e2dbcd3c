/* Makes the panel quicker; without it everything works by its forms. */
(() => {
  "use strict";

  /* "Take 50" puts the amount into the field instead of loading a page. */
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-amount]");
    const field = link && link.closest("form")?.querySelector("input.amount");
    if (!field) return;
    event.preventDefault();
    field.value = link.dataset.amount;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  });

  /* A second click sends nothing: the server would take it for the first one anyway. */
  document.addEventListener("submit", (event) => {
    if (!event.target.matches(".make-right-form")) return;
    if (event.target.dataset.sent) event.preventDefault();
    event.target.dataset.sent = "yes";
  });
  window.addEventListener("pageshow", () => {
    document.querySelectorAll(".make-right-form").forEach((form) => delete form.dataset.sent);
  });

  /* The seconds in which a decision can be undone, counted down on its button. */
  const tick = () => {
    let waiting = false;
    document.querySelectorAll("[data-undo-until]").forEach((button) => {
      const left = Math.ceil((new Date(button.dataset.undoUntil) - Date.now()) / 1000);
      if (left > 0) {
        button.textContent = `Undo · ${left} s`;
        waiting = true;
      } else {
        button.closest("form").remove();
      }
    });
    if (waiting) setTimeout(tick, 500);
  };
  document.addEventListener("DOMContentLoaded", tick);
})();
