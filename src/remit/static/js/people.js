/* What the pages of people do more smoothly with a script. Every page works without it. */
"use strict";

(() => {
  if (window.remitPeople) return; // the frame of a counter device and a page may both ask for it
  window.remitPeople = true;

  // A password or PIN can be looked at while it is typed.
  for (const input of document.querySelectorAll("input[data-shows]")) {
    const box = document.createElement("div");
    box.className = "shows";
    input.replaceWith(box);
    const button = document.createElement("button");
    button.type = "button";
    button.className = "shows-button";
    button.textContent = "Show";
    button.setAttribute("aria-pressed", "false");
    button.setAttribute("aria-label", "Show what is typed");
    button.addEventListener("click", () => {
      const isHidden = input.type === "password";
      input.type = isHidden ? "text" : "password";
      button.textContent = isHidden ? "Hide" : "Show";
      button.setAttribute("aria-pressed", String(isHidden));
    });
    box.append(input, button);
    if (input.autofocus) input.focus();
  }

  // The time zone and the currency, guessed from the browser; they stay as they are once somebody chose.
  const guess = (name, value) => {
    const select = document.querySelector(`select[data-guess="${name}"]`);
    if (!select || !value || select.closest("form").querySelector(".wrong, .problem")) return;
    if ([...select.options].some((option) => option.value === value)) select.value = value;
  };
  const euro = "AT BE CY DE EE ES FI FR GR HR IE IT LT LU LV MT NL PT SI SK";
  const currencies = { US: "USD", GB: "GBP", CH: "CHF", AE: "AED", AR: "ARS", AU: "AUD", BG: "BGN", BR: "BRL",
    CA: "CAD", CL: "CLP", CN: "CNY", CO: "COP", CZ: "CZK", DK: "DKK", EG: "EGP", HK: "HKD", HU: "HUF", ID: "IDR",
    IL: "ILS", IN: "INR", IS: "ISK", JP: "JPY", KE: "KES", KR: "KRW", KW: "KWD", MA: "MAD", MX: "MXN", MY: "MYR",
    NG: "NGN", NO: "NOK", NZ: "NZD", PE: "PEN", PH: "PHP", PL: "PLN", RO: "RON", RS: "RSD", SA: "SAR", SE: "SEK",
    SG: "SGD", TH: "THB", TN: "TND", TR: "TRY", TW: "TWD", UA: "UAH", VN: "VND", ZA: "ZAR" };
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const region = (navigator.language.split("-")[1] || "").toUpperCase();
  guess("zone", zone);
  // A browser that speaks American English stands anywhere; a zone outside America says more than it.
  if (region === "US" && zone && !zone.startsWith("America/") && !zone.startsWith("Pacific/")) {
    guess("currency", zone.startsWith("Europe/") ? "EUR" : "");
  } else {
    guess("currency", euro.split(" ").includes(region) ? "EUR" : currencies[region]);
  }
  for (const details of document.querySelectorAll("details[data-folds-if-filled]")) {
    const needed = details.querySelector(`[name="${details.dataset.foldsIfFilled}"]`);
    if (needed?.value && !details.querySelector(".wrong")) details.open = false;
  }

  // A link that is shown once can be copied by a tap.
  for (const input of document.querySelectorAll("input[data-copies]")) {
    input.addEventListener("focus", () => input.select());
    if (!navigator.clipboard) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn";
    button.textContent = "Copy";
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(input.value);
      button.textContent = "Copied";
    });
    input.after(button);
  }

  // A counter device locks itself; the server does so too, without this script.
  const turn = document.querySelector("[data-locks-after]");
  if (turn) {
    const locksAfter = Number(turn.dataset.locksAfter) * 1000;
    let touchedAt = Date.now();
    let toldAt = touchedAt;
    const touch = () => {
      if (Date.now() - touchedAt > locksAfter) return; // too late: it is locked
      touchedAt = Date.now();
      if (touchedAt - toldAt < 15000) return;
      toldAt = touchedAt;
      const token = turn.querySelector("[name=csrfmiddlewaretoken]").value;
      fetch(turn.dataset.touched, { method: "POST", headers: { "X-CSRFToken": token }, redirect: "manual" });
    };
    for (const kind of ["pointerdown", "keydown", "scroll"]) {
      document.addEventListener(kind, touch, { passive: true, capture: true });
    }
    setInterval(() => {
      if (Date.now() - touchedAt > locksAfter) turn.submit();
    }, 1000);
  }
})();
