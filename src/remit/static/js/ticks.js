/* A checklist with one thumb: a press counts at once, and reaches Remit when there is a connection.
   What waits is kept by this browser, for whoever pressed it, and is sent in its order until Remit has said that
   it has it: from any list, and from the first page. Each press has a mark of its own, so that one which is sent
   again counts once. */
"use strict";

const list = document.querySelector("[data-ticks]");
const says = document.querySelector("[data-ticks-say]");
const whose = list?.dataset.ticks || document.querySelector("[data-ticks-of]")?.dataset.ticksOf || "";
const { waiting, keep } = keptAs(`ticks:${whose}`);
const RETRY = 5000;
const REFUSED = new Set([404, 409]);
const left = new Set(); // refused on another page than their own: they wait to be told there
let isSending = false;
let lost = "";

function formOf(press) {
  return list && [...list.querySelectorAll("form")].find((each) => each.getAttribute("action") === press.address);
}

function show(button, isOn) {
  button.setAttribute("aria-pressed", String(isOn));
  button.form.elements.is.value = isOn ? "off" : "on";
}

function say() {
  if (!list) return;
  const buttons = [...list.querySelectorAll("button[aria-pressed]")];
  const ticked = buttons.filter((each) => each.getAttribute("aria-pressed") === "true").length;
  const many = waiting().length;
  const rest = many === 1 ? "One tick waits for the connection; it is kept here." : `${many} ticks wait for the connection; they are kept here.`;
  says.textContent = `${ticked} of ${buttons.length} ticked. ${many ? rest : lost || (ticked === buttons.length ? "All of it. Thank you." : "")}`;
  says.dataset.waiting = String(many);
}

/* Why Remit can't take a press, in its words; "" where it has it. What else goes wrong is tried again. */
async function send(press) {
  const token = document.querySelector("input[name=csrfmiddlewaretoken]").value;
  const answer = await fetch(press.address, {
    method: "POST",
    headers: { Accept: "application/json", "X-CSRFToken": token },
    body: new URLSearchParams({ is: press.is, key: press.key, at: press.at }),
    redirect: "error",
  });
  if (answer.ok) return "";
  if (!REFUSED.has(answer.status)) throw new Error(answer.statusText);
  const told = await answer.json().catch(() => ({}));
  return told.said || "This list isn't yours to tick any more.";
}

/* Told on the page of its list alone: elsewhere nobody would read it. */
function refuse(press, said) {
  const form = formOf(press);
  if (!form) {
    left.add(press.key);
    return;
  }
  keep(waiting().filter((each) => each.key !== press.key));
  lost = `A tick came too late. ${said} Reload the page.`;
  show(form.querySelector("button"), press.is !== "on");
}

async function sendAll() {
  if (isSending) return;
  isSending = true;
  try {
    for (let next; (next = waiting().find((each) => !left.has(each.key))); ) {
      const press = next;
      const said = await send(press);
      if (said) refuse(press, said);
      else keep(waiting().filter((each) => each.key !== press.key));
      say();
    }
  } catch {
    setTimeout(sendAll, RETRY);
  } finally {
    isSending = false;
  }
}

if (list) {
  for (const press of waiting()) {
    const form = formOf(press);
    if (form) show(form.querySelector("button"), press.is === "on");
  }
  list.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.photo !== undefined) return; // see photos.js
    event.preventDefault();
    const press = { address: form.getAttribute("action"), is: form.elements.is.value, key: form.elements.key.value, at: Date.now() };
    form.elements.key.value = [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    show(form.querySelector("button"), press.is === "on");
    keep([...waiting(), press]);
    say();
    sendAll();
  });
  list.addEventListener("drawn", say);
}
if (whose) {
  window.addEventListener("online", sendAll);
  say();
  sendAll();
}
