// What-if: Enter computes and does not leave the page; a field says at once what is wrong with it.
(function () {
  "use strict";
  const form = document.getElementById("parameter");
  if (!form) return;

  // The button to save goes its own way; everything else is answered on this page.
  document.addEventListener("submit", (event) => {
    if (event.target !== form || event.submitter?.formMethod === "post") return;
    event.preventDefault();
    window.htmx.trigger(form, "berechnen");
  });

  // What stands beside the parameters never shrinks while one types, and what it grows by is
  // scrolled away: the field under the caret stays where it is.
  let stood = 0;
  const top = () => document.activeElement.getBoundingClientRect().top;
  document.addEventListener("htmx:beforeSwap", (event) => {
    const place = event.detail.target.closest('[data-part="money"]');
    if (place) place.style.minHeight = `${place.offsetHeight}px`;
    stood = top();
  });
  const keepPlace = () => {
    if (form.contains(document.activeElement)) window.scrollBy(0, top() - stood);
  };
  document.addEventListener("htmx:afterSwap", keepPlace);
  document.addEventListener("htmx:afterSettle", keepPlace);

  // The container of a field's errors was replaced; the field itself, with caret and focus, was not.
  document.addEventListener("htmx:afterSettle", () => {
    for (const errors of form.querySelectorAll(".zw-live")) {
      const place = errors.parentElement;
      const control = place.querySelector("input, select, textarea");
      const isWrong = errors.childElementCount > 0;
      place.classList.toggle("kern-form-input--error", isWrong);
      control.classList.toggle("kern-form-input__input--error", isWrong);
      if (isWrong) control.setAttribute("aria-invalid", "true");
      else control.removeAttribute("aria-invalid");
    }
  });
})();
