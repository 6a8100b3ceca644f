// What is typed stays: when the language changes, when a link would leave the page, and when it
// could not be kept while one types.
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

    // A part with data-unkept sends its form at each change. What was kept so is no draft any more,
    // unless somebody typed on meanwhile; what was not is said in the part's status at once.
    const keeping = (event) => {
      const part = event.target.closest("[data-unkept]");
      return part && { part, form: part.querySelector("form") };
    };
    const before = new WeakMap();
    const hasOnly = (form, values) => {
      const now = new FormData(form);
      return [...values.keys()].every((name) => {
        const field = form.elements[name];
        if (!field || field.type === "hidden") return true;
        return now.getAll(name).join("\n") === values.getAll(name).join("\n");
      });
    };
    // A field of which the page now shows two texts is marked until the button decides.
    const mark = (form) => {
      const contested = [...form.querySelectorAll("#strittig input")].map(({ value }) => value);
      for (const field of form.elements) {
        if (contested.includes(field.name)) field.setAttribute("aria-invalid", "true");
        else field.removeAttribute("aria-invalid");
      }
    };
    const unkept = (event) => {
      const { part } = keeping(event) || {};
      if (!part) return;
      const status = part.querySelector("[role=status]");
      status.textContent = part.dataset.unkept;
      status.classList.add("zw-unkept");
    };
    document.addEventListener("htmx:beforeSend", (event) => {
      const { form } = keeping(event) || {};
      if (form) before.set(form, new FormData(form));
    });
    document.addEventListener("zw-umweg", (event) => {
      const { form } = keeping(event) || {};
      if (form) sent = form; // led to the sign-in, it is kept there and offered afterwards
    });
    document.addEventListener("htmx:afterOnLoad", (event) => {
      const { part, form } = keeping(event) || {};
      if (!form || event.detail.failed) return;
      mark(form);
      part.querySelector("[role=status]").classList.remove("zw-unkept");
      if (event.detail.xhr.getResponseHeader("HX-Trigger") !== "zw-gesichert") return;
      if (hasOnly(form, before.get(form))) began.set(form, written(form));
    });
    document.addEventListener("htmx:responseError", unkept);
    document.addEventListener("htmx:sendError", unkept);

    window.addEventListener("beforeunload", (event) => {
      if (drafts().some((form) => form !== sent)) event.preventDefault();
    });
    window.addEventListener("pageshow", () => {
      sent = null;
    });
  });
})();
