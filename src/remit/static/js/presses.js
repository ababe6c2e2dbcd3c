/* The run sheet with one thumb: a press counts also where there is no connection.
   What waits is kept by this browser, for whoever pressed it, and is sent in its order until Remit has said that
   it has it: from the run sheet, and from the first pages. Each press has a mark of its own, so that one which is
   sent again counts once. */
"use strict";

(() => {
  const sheet = document.querySelector("[data-presses]");
  const says = document.querySelector("[data-presses-say]");
  const whose = sheet?.dataset.presses || document.querySelector("[data-ticks-of]")?.dataset.ticksOf || "";
  const { waiting, keep } = keptAs(`presses:${whose}`);
  const RETRY = 5000;
  const TAKEN = new Set([404, 409, 422]); // Remit has heard it, and says why it isn't so
  let isSending = false;
  let arrived = 0;

  /* On the line itself, as the thumb is there and not at the top. */
  function draw() {
    if (!sheet) return;
    for (const mark of sheet.querySelectorAll(".run-waits")) mark.remove();
    const many = waiting().filter((each) => each.waited);
    for (const press of many) {
      for (const form of sheet.querySelectorAll(`form[action="${press.address}"]`)) {
        const line = form.closest(".run-line");
        if (!line) continue;
        const mark = document.createElement("p");
        mark.className = press.calls ? "small run-waits calls" : "small run-waits";
        mark.textContent = press.calls ? `${press.said}: not sent yet. Nobody is told: call somebody.` : `${press.said}: waits for the connection.`;
        line.querySelector(".event-line").append(mark);
      }
    }
    const rest = many.length === 1 ? "One press waits for the connection; it is kept here." : `${many.length} presses wait for the connection; they are kept here.`;
    const came = arrived === 1 ? "The connection is back: one press was sent." : `The connection is back: ${arrived} presses were sent.`;
    says.textContent = many.length ? rest : arrived ? came : "";
    says.dataset.waiting = String(many.length);
  }

  /* Whether Remit has it; what goes wrong on the way is tried again. */
  async function send(press) {
    const token = document.querySelector("input[name=csrfmiddlewaretoken]").value;
    const answer = await fetch(press.address, {
      method: "POST",
      headers: { Accept: "application/json", "X-CSRFToken": token },
      body: new URLSearchParams({ ...press.fields, key: press.key, at: press.at, waited: press.waited ? "yes" : "" }),
      redirect: "error",
    });
    if (!answer.ok && !TAKEN.has(answer.status)) throw new Error(answer.statusText);
    return answer.json().catch(() => ({}));
  }

  async function sendAll() {
    if (isSending || !waiting().length) return;
    isSending = true;
    try {
      for (let press; (press = waiting()[0]); ) {
        const told = await send(press);
        keep(waiting().filter((each) => each.key !== press.key));
        if (press.waited) arrived += 1;
        else if (sheet && !waiting().length) return goOn(told.at);
      }
      draw();
      if (sheet && arrived) window.htmx?.ajax("GET", window.location.href, { target: "#sheet", select: "#sheet", swap: "outerMorph" });
    } catch {
      keep(waiting().map((each) => ({ ...each, waited: true })));
      draw();
      setTimeout(sendAll, RETRY);
    } finally {
      isSending = false;
    }
  }

  /* What was said of it stands on the page that is read now, at its line. */
  function goOn(anchor) {
    if (anchor) window.history.replaceState(null, "", `#${anchor}`);
    window.location.reload();
  }

  /* `Done`, `10 min late`, `In time`: as the button says it, without what it says to a screen reader alone. */
  function wordsOf(form, button) {
    if (!button?.name) return form.dataset.press;
    const seen = button.cloneNode(true);
    for (const each of seen.querySelectorAll(".unseen")) each.remove();
    const words = seen.textContent.trim();
    return button.value === "0" ? words : `${words} ${form.dataset.press.toLowerCase()}`;
  }

  function pressed(event) {
    const form = event.target;
    if (!form.dataset.press) return;
    event.preventDefault();
    const fields = Object.fromEntries([...new FormData(form)].filter(([field]) => field !== "csrfmiddlewaretoken"));
    const button = event.submitter;
    if (button?.name) fields[button.name] = button.value;
    const key = [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    const press = { address: form.getAttribute("action"), fields, key, at: Date.now(), said: wordsOf(form, button), calls: "calls" in form.dataset, waited: waiting().length > 0 };
    keep([...waiting(), press]);
    form.closest("details")?.removeAttribute("open");
    arrived = 0;
    draw();
    sendAll();
  }

  if (!whose) return;
  window.addEventListener("online", sendAll);
  if (sheet) {
    sheet.addEventListener("submit", pressed);
    document.addEventListener("htmx:after:swap", draw);
    keep(waiting().map((each) => ({ ...each, waited: true })));
    draw();
  }
  sendAll();
})();
