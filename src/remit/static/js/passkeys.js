/* Passkeys: what a browser is asked for stands in the form, and its answer goes back with it. */
"use strict";

(() => {
  if (!window.PublicKeyCredential || !navigator.credentials) return;
  for (const form of document.querySelectorAll("[data-needs-passkeys]")) form.hidden = false;
  for (const words of document.querySelectorAll("[data-without-passkeys]")) words.hidden = true;

  const bytes = (text) => {
    const raw = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(raw, (letter) => letter.charCodeAt(0));
  };
  const text = (buffer) => buffer && btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const named = (list) => (list || []).map((each) => ({ ...each, id: bytes(each.id) }));

  // The JSON of WebAuthn level 3, for browsers that don't know it by themselves.
  const wanted = (options) => {
    const asked = { ...options, challenge: bytes(options.challenge) };
    if (asked.user) asked.user = { ...asked.user, id: bytes(asked.user.id) };
    if (asked.excludeCredentials) asked.excludeCredentials = named(asked.excludeCredentials);
    if (asked.allowCredentials) asked.allowCredentials = named(asked.allowCredentials);
    return asked;
  };
  const answered = (key) => {
    const said = key.response;
    const response = { clientDataJSON: text(said.clientDataJSON) };
    for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (said[part]) response[part] = text(said[part]);
    }
    return { id: key.id, rawId: text(key.rawId), type: key.type, response, clientExtensionResults: {} };
  };

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    let isAsking = false;
    const ask = async () => {
      if (isAsking) return;
      isAsking = true;
      const wrong = document.querySelector("[data-passkey-wrong]");
      wrong.hidden = true;
      try {
        const publicKey = wanted(JSON.parse(form.dataset.options));
        const key = await navigator.credentials[form.dataset.passkey]({ publicKey });
        form.elements.answer.value = JSON.stringify(answered(key));
        form.submit();
      } catch {
        wrong.hidden = false;
        isAsking = false;
      }
    };
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      ask();
    });
    if ("atOnce" in form.dataset) ask();
  }
})();
