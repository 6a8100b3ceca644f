// Passkeys: the browser asks for one or makes one, and its answer goes along with the form.
(function () {
  "use strict";
  document.addEventListener("DOMContentLoaded", () => {
    const can =
      "PublicKeyCredential" in window && "parseCreationOptionsFromJSON" in PublicKeyCredential;
    for (const place of document.querySelectorAll("[data-passkey]")) {
      if (can) prepare(place);
    }
  });

  function prepare(place) {
    const form = place.querySelector("form");
    const failed = place.querySelector("[data-failed]");
    place.querySelector("[data-without]").hidden = true;
    place.querySelector("[data-with]").hidden = false;
    form.addEventListener("submit", async (event) => {
      if (form.elements.credential.value) return;
      event.preventDefault();
      failed.hidden = true;
      try {
        const question = await read(place);
        const credential = await answer(place.dataset.passkey, question);
        form.elements.credential.value = JSON.stringify(credential.toJSON());
      } catch {
        failed.hidden = false; // given up, or no passkey at hand
        return;
      }
      form.submit();
    });
  }

  async function read(place) {
    if (place.dataset.question) return JSON.parse(place.dataset.question);
    const response = await fetch(place.dataset.ask, { cache: "no-store" });
    return response.json();
  }

  function answer(kind, question) {
    const make = kind === "create";
    const publicKey = make
      ? PublicKeyCredential.parseCreationOptionsFromJSON(question)
      : PublicKeyCredential.parseRequestOptionsFromJSON(question);
    return make
      ? navigator.credentials.create({ publicKey })
      : navigator.credentials.get({ publicKey });
  }
})();
