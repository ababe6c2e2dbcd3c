/* What waits for the connection: kept by this browser under a name, in its order, until Remit has it. */
"use strict";

function keptAs(name) {
  let memory = [];

  function waiting() {
    try {
      memory = JSON.parse(window.localStorage.getItem(name) || "[]");
    } catch {
      // A browser that keeps nothing: what waits is kept as long as the page is open.
    }
    return memory;
  }

  function keep(presses) {
    memory = presses;
    try {
      if (presses.length) window.localStorage.setItem(name, JSON.stringify(presses));
      else window.localStorage.removeItem(name);
    } catch {
      // As above.
    }
  }

  return { waiting, keep };
}
