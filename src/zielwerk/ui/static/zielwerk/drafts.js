// What is typed stays: when the language changes, and when a link would leave the page.
(function () {
  "use strict";
  const written = (form) => {
    const fields = [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken");
    return JSON.stringify(fields.map(([name, value]) => [name, value.name ?? value]));
  };

  document.addEventListener("DOMContentLoaded", () => {
    const began = new Map();
    for (const form of document.querySelectorAll("form.zw-form[method=post]")) {
      began.set(form, "typed" in form.dataset ? "" : written(form));
    }
    let sent = null;
    const drafts = () => [...began.keys()].filter((form) => written(form) !== began.get(form));

    // The form takes its own way to the other language, so that its fields go along.
    const language = document.querySelector(".zw-language");
    document.addEventListener("submit", (event) => {
      if (event.target !== language) {
        sent = event.target;
        return;
      }
      const draft = drafts()[0];
      const code = event.submitter.value;
      const button = draft && draft.querySelector(`[data-language][value="${code}"]`);
      if (button) {
        event.preventDefault();
        draft.requestSubmit(button);
      } else {
        // Where the address was changed in place, the page is the one of the new address.
        sent = language;
        const page = location.pathname + location.search;
        if (began.size === 0) language.elements.next.value = page;
      }
    });

    window.addEventListener("beforeunload", (event) => {
      if (drafts().some((form) => form !== sent)) event.preventDefault();
    });
    window.addEventListener("pageshow", () => {
      sent = null;
    });
  });
})();
